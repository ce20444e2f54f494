"""What a person says, understood as a whole: needs, métiers, for whom, where, how, in which language, how urgent."""
