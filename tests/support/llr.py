"""The directory of the system whose papers the tests use: nobody's names are known by default."""
import pathlib

DIRECTORY = str(pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "directories" / "llr.toml")
READ = {"import", "export", "risk", "position", "share", "track", "compare", "check", "explain"}


def known(words):
    """The words of a command, with the directory where the command reads figures."""
    words = [str(w) for w in words]
    return words + ["--directory", DIRECTORY] if words and words[0] in READ and "--directory" not in words else words
