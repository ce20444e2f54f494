"""What `maillage train --metiers` made of the lexicon of jobs, with the default encoder."""
