"""A ceremony on the command line: who signs, what is missing, what it leaves behind."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

import ceremonies
from cast import NOW
from tamizdat.newsroom.home import Organisation, make_home
from tamizdat.press import ceremony, keys, sealed
from tamizdat.press.archive import Archive
from tamizdat.press.drafts import Changes, Head
from tamizdat.press.errors import CeremonyError
from tamizdat.press.standing import check_binding
from tamizdat.server.cli import main

TYPED = "seven quiet lighthouses"
TIME = "--time=2026-11-24T06:00:00Z"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """Seal cheaply: what a guess costs is no matter here."""
    seal = sealed.seal
    monkeypatch.setattr(sealed, "seal", lambda s, p: seal(s, p, 1 << 14))


@pytest.fixture
def place(tmp_path):
    """Give a folder with five sticks and a passphrase that its holder wrote down."""
    for number in range(1, 6):
        (tmp_path / f"stick-{number}").mkdir(mode=0o700)
    (tmp_path / "desk").mkdir(mode=0o700)
    keys.write_new(tmp_path / "desk" / "passphrase", f"{TYPED}\n")
    return tmp_path


@pytest.fixture
def organisation(tmp_path):
    """Give the keys of an organisation and an archive that printed nothing."""
    keys.new_organisation(tmp_path / "keys", "press.example", ["en", "ru"], NOW)
    (tmp_path / "archive").mkdir()
    return tmp_path


def run(*words, given=None):
    """Run a command as it is typed."""
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


def roots(place, organisation="press.example"):
    """Make five root keys, each on its stick; returns the public ones."""
    found = []
    for number in range(1, 6):
        done = run(
            *("keys", "root", "new", place / f"stick-{number}" / "root.key"),
            *("--organisation", organisation, "--number", number),
            *("--passphrase-file", place / "desk" / "passphrase"),
        )
        assert 0 == done.exit_code, done.output
        found.append(done.stdout.strip())
    return found


def first_draft(place, public, *more):
    """Draft the first note for real."""
    opener = run(
        *("keys", "opener", "new", place / "desk" / "opener.key"),
        *("--organisation", "press.example"),
        *("--passphrase-file", place / "desk" / "passphrase"),
    ).stdout.strip()
    named = [word for vkey in public for word in ("--root", vkey)]
    return run(
        *("keys", "trust", "draft", place / "keys"),
        *("--organisation", "press.example", *named, "--opener", opener),
        *("--service", "ru", "--service", "en", TIME, *more),
    )


def sign(place, number, draft="1.draft"):
    """Sign as one holder does."""
    return run(
        *("keys", "trust", "sign", place / "keys" / "trust" / draft),
        *(place / f"stick-{number}" / "root.key", "--yes"),
        *("--passphrase-file", place / "desk" / "passphrase"),
    )


def test_first_note_is_signed_by_three_holders_who_never_meet(place):
    """Five sealed keys, a draft that travels, three lines that come back."""
    assert 0 == first_draft(place, roots(place)).exit_code
    lines = "".join(sign(place, number).stdout for number in (1, 3, 5))
    done = run("keys", "trust", "finish", place / "keys", "-", given=lines)

    assert 0 == done.exit_code, done.output
    chain = ceremony.chain_in(place / "keys" / "trust")
    assert f"fingerprint {chain[0].digest}" in done.stdout
    assert (3, 5) == (chain[0].threshold, len(chain[0].roots))
    names = {path.name for path in (place / "keys").glob("*.key")}
    assert {"log.key", "service-en.key", "service-ru.key"} == names
    assert ["1.note"] == [p.name for p in (place / "keys" / "trust").iterdir()]


def test_ceremony_left_halfway_says_what_is_missing_and_goes_on_another_day(place):
    """Two lines of three make no note; the third one does, whenever it comes."""
    first_draft(place, roots(place))
    lines = "".join(sign(place, number).stdout for number in (1, 2))
    half = run("keys", "trust", "finish", place / "keys", "-", given=lines)

    assert 1 == half.exit_code
    assert "2 of 3 signatures of the roots of note 1" in half.output
    assert "may still sign: press.example/root/3, press.example/root/4" in half.output
    assert not (place / "keys" / "trust" / "1.note").exists()
    again = run("keys", "trust", "finish", place / "keys", "-", given="")
    assert "2 of 3" in again.output
    third = sign(place, 4).stdout
    done = run("keys", "trust", "finish", place / "keys", "-", given=third)
    assert 0 == done.exit_code, done.output


def test_check_says_whose_signatures_a_first_note_lacks(place):
    """A ceremony that stopped before there was any note is found again."""
    first_draft(place, roots(place))
    done = run("keys", "check", place / "keys")

    assert 1 == done.exit_code
    assert f"bad: {place / 'keys'}: no trust note yet" in done.stdout
    assert "1.draft: 0 of 3 signatures of the roots of note 1" in done.stdout


def test_root_key_that_is_there_is_kept(place):
    """Called again, the command goes on where it stopped."""
    before = roots(place)
    text = (place / "stick-1" / "root.key").read_text()

    assert before == roots(place)
    assert text == (place / "stick-1" / "root.key").read_text()


def test_mistyped_passphrase_may_be_typed_again_and_is_never_repeated(place):
    """One line says that nothing is signed; the next try signs."""
    first_draft(place, roots(place))
    draft = place / "keys" / "trust" / "1.draft"
    key = place / "stick-1" / "root.key"
    typed = f"{TYPED}s\n{TYPED}\n"
    done = run("keys", "trust", "sign", draft, key, "--yes", given=typed)

    assert 0 == done.exit_code, done.output
    assert f"{key}: not opened: another passphrase" in done.stderr
    assert done.stdout.startswith("— press.example/root/1 ")
    assert TYPED not in done.output
    wrong = run("keys", "trust", "sign", draft, key, "--yes", given="x\nx\nx\n")
    assert 1 == wrong.exit_code
    assert "" == wrong.stdout


@pytest.mark.parametrize(
    ("name", "mode", "said"),
    [
        ("stick-1/root.key", 0o640, "readable by others, expected mode 0600"),
        ("stick-1", 0o755, "open to others, expected mode 0700"),
        ("desk/passphrase", 0o604, "readable by others, expected mode 0600"),
    ],
)
def test_key_that_others_can_read_signs_nothing(place, name, mode, said):
    """A wrong mode is named with its place and what was expected."""
    first_draft(place, roots(place))
    (place / name).chmod(mode)
    done = sign(place, 1)

    assert (1, "") == (done.exit_code, done.stdout)
    assert f"{place / name}: {said}" in done.stderr
    assert 1 == len(done.stderr.strip().splitlines()[-1:])
    assert not (place / "stick-1" / "root.key.signed").exists()


def test_short_passphrase_makes_no_key(place):
    """What is soon guessed protects nothing, and leaves no file."""
    path = place / "stick-1" / "root.key"
    given = "short\nshort\n"
    words = ("keys", "root", "new", path, "--organisation", "press.example")
    done = run(*words, given=given)

    assert 1 == done.exit_code
    assert "at least 12 characters" in done.output
    assert not path.exists()


def test_root_signs_no_second_note_of_one_number(organisation):
    """Two notes 2 in the world would be a fork of trust itself."""
    folder, archive = organisation / "keys", Archive(organisation / "archive")
    draft = ceremonies.begin(folder, archive, Changes(renew=True))
    ceremonies.sign(draft, folder / "root-1.key")
    later = NOW + timedelta(days=1)
    words = ("keys", "service", "renew", folder, f"--time={later.isoformat()}")
    refused = run(*words)
    assert "waits for signatures; go on with it, or begin --anew" in refused.output
    assert 0 == run(*words, "--anew").exit_code
    key, place = folder / "root-1.key", folder / "trust" / "2.draft"
    again = run("keys", "trust", "sign", place, key, "--yes")

    assert (1, "") == (again.exit_code, again.stdout)
    assert f"has signed another note 2, {draft.digest[:16]}" in again.output
    aware = ("--instead-of", draft.digest[:16])
    done = run("keys", "trust", "sign", place, key, "--yes", *aware)
    assert 0 == done.exit_code
    assert 0 == run("keys", "trust", "sign", place, key, "--yes").exit_code


def test_line_for_another_draft_is_named_and_not_kept(organisation):
    """A signature that belongs elsewhere spoils nothing that came in."""
    folder, archive = organisation / "keys", Archive(organisation / "archive")
    first = ceremonies.begin(folder, archive, Changes(renew=True))
    stale = ceremonies.sign(first, folder / "root-1.key")
    text = first.text.replace(b"from 4", b"from 5")
    draft = ceremony.begin(folder / "trust", text, anew=True)
    good = ceremonies.sign(draft, folder / "root-2.key")
    ceremony.collect(draft, [good])

    with pytest.raises(CeremonyError, match="expected a signature line of"):
        ceremony.collect(draft, [stale])
    with pytest.raises(CeremonyError, match="by no root of this note"):
        ceremony.collect(draft, [good.replace("root/2", "root/9")])
    assert f"{good}\n" == draft.collected.read_text("utf-8")


def test_old_roots_alone_make_no_note_of_new_roots(organisation):
    """Enough of the old and too few of the new: nothing a reader would refuse."""
    folder, archive = organisation / "keys", Archive(organisation / "archive")
    new = [ceremonies.new_root(folder, number) for number in (6, 7, 8)]
    changes = Changes(roots=tuple(ceremonies.public(path) for path in new))
    old = [folder / f"root-{number}.key" for number in (1, 2, 3)]

    with pytest.raises(CeremonyError, match="0 of 3 signatures of the roots of note 2"):
        ceremonies.issue(folder, archive, changes, old)
    assert not (folder / "trust" / "2.note").exists()


def test_draft_that_took_too_long_is_not_finished(organisation):
    """Leaves that were signed meanwhile do not become void by surprise."""
    folder, archive = organisation / "keys", Archive(organisation / "archive")
    draft = ceremonies.begin(folder, archive, Changes(renew=True))
    check_binding(draft.trust, Head(draft.trust.since, "ab" * 32))

    with pytest.raises(CeremonyError, match="draft --anew and have it signed again"):
        check_binding(draft.trust, Head(draft.trust.since + 1, "ab" * 32))


def test_service_is_added_with_a_key_of_its_own(organisation):
    """A new language needs a note; the others keep their keys."""
    folder = organisation / "keys"
    done = run("keys", "trust", "draft", folder, "--service", "fa", TIME)

    assert 0 == done.exit_code, done.output
    assert "service fa: added, valid until 2027-03-24 06:00 UTC" in done.stderr
    assert (folder / "service-fa.2.key").exists()
    twice = run("keys", "trust", "draft", folder, "--service", "ru", TIME, "--anew")
    assert "trust note 1 names ru already" in twice.output


def test_newsroom_that_printed_nothing_drafts_its_second_note(tmp_path):
    """Its archive is there and empty; one that is lost is not taken for empty."""
    home = make_home(
        tmp_path / "n", Organisation("press.example", "P", 2026), "::1", 1
    ).path
    keys.new_organisation(home / "keys", "press.example", ["en"], NOW)
    done = run("keys", "trust", "draft", home / "keys", "--service", "fa", TIME)
    (home / "archive").rmdir()
    lost = run("keys", "trust", "draft", home / "keys", "--service", "hy", TIME)

    assert 0 == done.exit_code, done.output
    assert 1 == lost.exit_code
    assert "If it is lost: tamizdat log recover. If nothing was ever" in lost.output
    assert 1 == len(lost.output.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "a note that changes nothing"),
        (("--void-from", 9), "leaf 9 is not in the log of 0"),
        (("--root", "nonsense"), "'nonsense': verifier key"),
        (("--threshold", 6), "a threshold of 6 cannot be reached"),
        (("--archive", "nowhere", "--new-log"), "nowhere: no such archive"),
    ],
)
def test_odd_draft_is_refused_in_one_line(organisation, words, said):
    """What cannot become a note is not begun."""
    done = run("keys", "trust", "draft", organisation / "keys", *words, TIME)

    assert 1 == done.exit_code
    assert said in done.stderr
    assert 1 == len(done.stderr.splitlines())
    assert not list((organisation / "keys" / "trust").glob("*.draft"))


def test_show_reads_the_fingerprint_aloud(organisation):
    """Words, numbers and digits say the same first note."""
    folder = organisation / "keys"
    row = json.loads(run("keys", "show", folder, "--json").stdout)
    shown = run("keys", "show", folder / "trust").stdout

    assert ceremony.chain_in(folder / "trust")[0].digest == row["fingerprint"]
    assert " ".join(row["words"][:6]) in shown
    assert " ".join(row["numbers"][6:]) in shown
    assert f"log {row['log']}\n" in shown  # whole, for a witness to be given


def test_check_says_what_ends_when(organisation):
    """Good now, soon in the last month, bad after the end."""
    folder = organisation / "keys"

    def check(days):
        time = (NOW + timedelta(days=days)).isoformat()
        return run("keys", "check", folder, "--time", time)

    assert (0, 1) == (check(0).exit_code, check(120).exit_code)
    assert "good: service key ru ends 2027-03-24T06:00:00Z, in 120" in check(0).stdout
    assert "soon: service key ru ends" in check(95).stdout
    assert "bad: service key en ends" in check(120).stdout
    assert f"{folder / 'root-1.key'}: does not belong here" in check(0).stdout


def test_check_names_missing_and_open_keys_and_unfinished_drafts(organisation):
    """What will stop the press tomorrow is said today."""
    folder = organisation / "keys"
    ceremonies.begin(folder, Archive(organisation / "archive"), Changes(renew=True))
    (folder / "service-ru.key").unlink()
    (folder / "log.key").chmod(0o644)
    done = run("keys", "check", folder, TIME)

    assert 1 == done.exit_code
    assert "service-ru.key: not the key of the trust note" in done.stdout
    assert "log.key: readable by others" in done.stdout
    assert "2.draft: 0 of 3 signatures of the roots of note 2" in done.stdout
