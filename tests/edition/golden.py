"""Write the hashes of the specimen anew, after its pages were looked at.

PYTHONPATH=src:tests python -m edition.golden
"""

import json
from hashlib import sha256
from pathlib import Path

from edition.specimen import pages

LANGUAGES = ("en", "ru", "fa", "ka")

if __name__ == "__main__":
    found = {
        language: {
            name: sha256(page.content).hexdigest()[:32]
            for name, page in pages(language).items()
        }
        for language in LANGUAGES
    }
    path = Path(__file__).with_name("golden.json")
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="ascii")
