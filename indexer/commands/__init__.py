"""The parts of the command line: one module a command or a group of commands, imported when it is asked for."""
