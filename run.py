"""`python run.py` = everything on one machine; `run.py web`, `run.py scheduler` = the parts."""

import sys

from tracker.commands import main

if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.argv.append("run")
    main()
