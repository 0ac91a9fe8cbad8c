"""What stands behind ./start, ./test and ./bench: set-up of a machine, preparation of data, supervision."""
