"""Reads a copy of a backup without its program: python read_a_backup.py SNAPSHOT OUT, then type the secret.

SNAPSHOT is a folder in "snapshots"; the secret is a passphrase or the recovery key. read_a_log.py must lie
beside this file. format-backup.md tells what is done here.
"""
# ruff: noqa
# fmt: off
import hashlib, json, sys
from pathlib import Path
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from read_a_log import hkdf, open_log
def read_piece(path, content, key):
    with path.open("rb") as file:
        if file.read(16) != b"SGL backup piece":
            sys.exit(f"{path} is not a piece of a backup.")
        cipher, place = AESGCM(hkdf(key, file.read(16), f"backup {content}".encode())), 0
        sealed = file.read(1048592)
        while sealed:
            following = file.read(1048592)
            yield cipher.decrypt(place.to_bytes(11, "big") + bytes([not following]), sealed, None)
            sealed, place = following, place + 1
if __name__ == "__main__":
    snapshot, out = Path(sys.argv[1]), Path(sys.argv[2])
    note = json.loads((snapshot / "backup.json").read_text())
    print("log.db", "unchanged" if hashlib.sha256((snapshot / "log.db").read_bytes()).hexdigest() == note["log"]["sha256"] else "CHANGED")
    log = open_log(snapshot, sys.stdin.readline().strip("\r\n"))
    for incident in log.execute("SELECT year, ordinal, status, title FROM incident ORDER BY 1, 2"):
        print("{}-{:04d} {}: {}".format(*incident))
    keys = dict(log.execute("SELECT number, key FROM evidence_file"))
    for content, number, sha256 in log.execute("SELECT id, file_number, sha256 FROM content").fetchall():
        piece, digest = snapshot.parent.parent / "content" / content, hashlib.sha256()
        if not piece.exists():
            print(content, "MISSING")
            continue
        with (out / content).open("wb") as file:
            for chunk in read_piece(piece, content, keys[number]):
                digest.update(chunk)
                file.write(chunk)
        print(content, "unchanged" if digest.hexdigest() == sha256 else "CHANGED")
