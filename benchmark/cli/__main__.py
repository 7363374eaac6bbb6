"""Not how Parley starts."""

import sys

sys.exit("Start Parley with `bench`, not with `python -m`: the folder you stand in would hide the installed packages.")
