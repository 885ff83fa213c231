"""Golden answers: what the command line answers to the commands of `commands.txt`, kept byte for byte."""
