import sys
from pathlib import Path

# The page simulator stands beside the tests; test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent))
