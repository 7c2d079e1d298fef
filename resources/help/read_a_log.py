"""Reads a copy of a log without its program: python read_a_log.py FOLDER OUT, then type the secret.

The secret is a passphrase or the recovery key. format.md tells what is done here, and what to install.
"""
import hashlib, json, sys, unicodedata
from pathlib import Path
import apsw
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
def hkdf(key, salt, info):
    return HKDF(SHA256(), 32, salt, info).derive(key)
def unseal(key, slot, names, nonce, sealed, log_id):
    about = {name: slot[name] for name in names.split() if name in slot} | {"log": log_id}
    text = json.dumps(about, sort_keys=True, separators=(",", ":")).encode()
    return AESGCM(key).decrypt(bytes.fromhex(slot[nonce]), bytes.fromhex(slot[sealed]), text)
def log_key(slot, log_id, typed):
    salt, names = bytes.fromhex(slot["salt"]), "kind keyholder salt memory_kib passes lanes "
    if slot["kind"] == "passphrase":
        cost = slot["passes"], slot["memory_kib"], slot["lanes"]
        key = hash_secret_raw(unicodedata.normalize("NFC", typed).encode(), salt, *cost, 32, Type.ID)
    else:
        tidy = typed.upper().replace("-", "").translate(str.maketrans("OIL", "011"))
        digits = ["0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(letter) for letter in tidy]
        number = sum(digit << 5 * place for place, digit in enumerate(reversed(digits)))
        key = hkdf(number.to_bytes(25, "big")[:22], salt, b"recovery slot")
    if "public" not in slot:  # as format 1 made it
        return unseal(key, slot, names + "nonce", "nonce", "sealed", log_id)
    private = X25519PrivateKey.from_private_bytes(unseal(key, slot, names + "public", "private_nonce", "private", log_id))
    public, ephemeral = bytes.fromhex(slot["public"]), bytes.fromhex(slot["ephemeral"])
    box = hkdf(private.exchange(X25519PublicKey.from_public_bytes(ephemeral)), ephemeral + public, b"log key")
    return unseal(box, slot, "kind keyholder public ephemeral", "nonce", "sealed", log_id)
def open_file(path, key, page_size):
    database = apsw.Connection(str(path))
    for pragma in ("cipher='sqlcipher'", "legacy=4", f"legacy_page_size={page_size}", f"key=\"x'{key.hex()}'\""):
        database.execute(f"PRAGMA {pragma}").fetchall()
    return database if database.execute("SELECT count(*) FROM sqlite_schema").fetchall() else None
def open_log(folder, typed):
    keys = json.loads((folder / "keys.json").read_text())
    for one, slot in [(one, slot) for one in keys.get("sets", [keys]) for slot in one["slots"]]:
        try:
            return open_file(folder / "log.db", hkdf(log_key(slot, one["log_id"], typed), None, b"log.db"), 4096)
        except Exception: pass  # somebody else's slot, or keys that were replaced
    sys.exit("Nothing in keys.json opens with that.")
if __name__ == "__main__":
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    log = open_log(folder, sys.stdin.readline().strip("\r\n"))
    for incident in log.execute("SELECT year, ordinal, status, title FROM incident ORDER BY 1, 2"):
        print("{}-{:04d} {}: {}".format(*incident))
    keys = dict(log.execute("SELECT number, key FROM evidence_file"))
    sealed = {row[0] for row in log.execute("SELECT content_id FROM item WHERE state = 'sealed'")}  # never written out
    for content, number, sha256, size in log.execute("SELECT id, file_number, sha256, size FROM content").fetchall():
        if content in sealed: continue
        pieces = open_file(folder / "evidence" / f"{number:04d}.db", keys[number], 65536).execute(
            "SELECT bytes FROM chunk, content ON chunk.id >> 24 = content.number WHERE content.id = ? ORDER BY chunk.id", (content,))
        (out / content).write_bytes(whole := b"".join(piece for (piece,) in pieces))
        same = "unchanged" if hashlib.sha256(whole).hexdigest() == sha256 and len(whole) == size else "CHANGED"
        print(content, size, hashlib.sha256(whole).hexdigest(), same)
