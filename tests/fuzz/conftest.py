"""Options of the fuzzing tests: `pytest tests/fuzz --fuzz-seed 7 --fuzz-inputs 9999`.

They are known only where this folder is named; elsewhere each run takes a new seed.
"""

from random import SystemRandom

import pytest

INPUTS = 2000  # for each parser in every run of the tests
_SEED = SystemRandom().randrange(10**9)


def pytest_addoption(parser):
    """Take a seed and a count."""
    parser.addoption("--fuzz-seed", type=int, help="of the random inputs")
    parser.addoption("--fuzz-inputs", type=int, help=f"for each parser ({INPUTS})")


def _seed(config):
    given = config.getoption("--fuzz-seed", default=None)
    return _SEED if given is None else given


def pytest_terminal_summary(terminalreporter, config):
    """Print the seed, so that the run can be repeated."""
    terminalreporter.write_line(f"fuzz: seed {_seed(config)}")


@pytest.fixture(scope="session")
def seed(pytestconfig):
    """Give the seed of this run."""
    return _seed(pytestconfig)


@pytest.fixture(scope="session")
def inputs(pytestconfig):
    """Give the number of inputs for each parser."""
    return pytestconfig.getoption("--fuzz-inputs", default=None) or INPUTS
