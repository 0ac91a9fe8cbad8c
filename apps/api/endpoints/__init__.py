"""The addresses of the interface by subject: parameters in, rows through `visible_to`, documents out."""
