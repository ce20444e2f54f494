"""What must be done every day without anybody asking."""
