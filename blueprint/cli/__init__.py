"""The command line: parse options, call the api, write, exit."""
