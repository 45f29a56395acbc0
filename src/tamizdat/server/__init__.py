"""The site and the command line: names the rooms and nothing else."""
