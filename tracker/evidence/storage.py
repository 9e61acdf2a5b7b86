"""Files on disk, each kept once under its digest; a file that is there is never written again."""

import os
import re
import tempfile
from pathlib import Path

from tracker.evidence.rules import digest_of

_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileStore:
    """Content by SHA-256 digest below `root`, in two levels of folders: ab/cd/abcd….

    Digests are checked before they touch a path: nothing outside `root` can be named.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep `data` and return its digest.

        Written beside its place, flushed to disk and then renamed: a crash leaves either the
        whole file or none. Two writers of one content do not disturb each other.
        """
        digest = digest_of(data)
        path = self.path(digest)
        if path.exists() and path.stat().st_size == len(data):
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(temporary).chmod(0o440)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return digest

    def read(self, digest: str) -> bytes:
        """Return the content of `digest`. FileNotFoundError: never kept, or lost."""
        return self.path(digest).read_bytes()

    def exists(self, digest: str) -> bool:
        """Tell whether the content of `digest` is kept here; False for what is no digest."""
        return bool(_DIGEST.fullmatch(digest)) and self.path(digest).is_file()

    def verify(self, digest: str) -> bool:
        """Tell whether the kept content still has its digest; False if lost or altered."""
        return self.exists(digest) and digest_of(self.read(digest)) == digest

    def path(self, digest: str) -> Path:
        """Return where `digest` is kept. ValueError: not a SHA-256 digest."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError("not a SHA-256 digest")
        return self.root / digest[:2] / digest[2:4] / digest
