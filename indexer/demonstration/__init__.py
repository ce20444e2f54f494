"""The demonstration catalogue: imaginary structures and offers on real communes, marked as examples."""
