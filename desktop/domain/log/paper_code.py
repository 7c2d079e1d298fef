"""A number in groups of letters that can be copied by hand, and read back as they are typed."""

GROUP = 5
# Crockford's base 32 has no I, L, O or U: https://www.crockford.com/base32.html
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def write_groups(number: int, groups: int) -> str:
    """Write a number of at most 25 bits a group, with a dash between groups of 5 letters."""
    text = ""
    for _ in range(GROUP * groups):
        number, digit = divmod(number, len(ALPHABET))
        text = ALPHABET[digit] + text
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def read_letters(letters: str) -> int:
    """Return the number; all the letters are of the alphabet."""
    number = 0
    for letter in letters:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number


def as_meant(letters: str) -> str:
    """Return capitals as they were meant: O is 0, I and L are 1."""
    return letters.translate(_READ_AS)
