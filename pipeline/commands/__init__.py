"""The commands, one a file: load, call, print. Listed in ``cli.COMMANDS``.

Heavy modules are imported inside commands, so that ``gyeol --help`` answers at once.
"""
