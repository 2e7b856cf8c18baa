"""Rounds in which nobody meets anybody twice, by algebra: for evenings where people chose nothing.

With k tables and a set of mutually orthogonal Latin squares of order k, person (a, b) sits in
round j at table `square_j[a][b]`: two people of one table share neither row nor column, and two
orthogonal squares never put the same two together. Rows make one more round, and columns another.
Everybody of one column b goes to another table in each round, so that a column of facilitators
serves every table.
"""

from __future__ import annotations

Square = list[list[int]]

#: A quasi-difference matrix: for any two of its four columns, the differences modulo 7 of entries
#: below 7 are each number once, and 7, 8 and 9 (which adding does not move) stand once in each
#: column. Found by annealing; that squares follow from it is Bose, Shrikhande and Parker, 1960.
STARTS_OF_TEN = (
    (7, 6, 1, 4),
    (8, 2, 1, 2),
    (9, 1, 6, 3),
    (0, 7, 0, 6),
    (2, 8, 3, 5),
    (5, 9, 0, 5),
    (1, 0, 7, 3),
    (4, 2, 8, 1),
    (5, 5, 9, 6),
    (6, 1, 2, 7),
    (5, 1, 4, 8),
    (2, 6, 6, 9),
    (5, 6, 3, 3),
)


def rounds_apart(people: int, tables: int, most: int) -> list[list[int]]:
    """Table of each person in up to `most` rounds, no pair twice, sizes as even as can be.

    As many rounds as this algebra gives (more may exist); none where a table would have more
    seats than there are tables. The first `tables` people share no table but in a columns round.

    >>> rounds_apart(6, 3, 3)
    [[0, 1, 2, 0, 1, 2], [0, 1, 2, 1, 2, 0], [0, 1, 2, 2, 0, 1]]
    """
    size = -(-people // tables)
    if tables < 2 or size > tables:
        return []
    cells = [(i % tables, i // tables) for i in range(people)]
    plans = [[a for a, _ in cells]]
    if most > 1:
        plans += [[square[a][b] for a, b in cells] for square in squares(tables)]
    if size * tables == people and tables % size == 0:
        share = tables // size
        plans.append([b * share + a // size for a, b in cells])
    return plans[:most]


def squares(order: int) -> list[Square]:
    """Mutually orthogonal Latin squares of an order, each with its first column in order.

    As many as fields give (order - 1 for a power of a prime, the least over its powers for a
    product), and two of order 10, which no field gives.
    """
    if order == 10:
        return _of_order_ten()
    found: list[Square] | None = None
    for prime, power in _powers(order):
        add, multiply = _field(prime, power)
        q = prime**power
        own = [[[add[a][multiply[m][b]] for b in range(q)] for a in range(q)] for m in range(1, q)]
        found = own if found is None else [_product(x, y) for x, y in zip(found, own, strict=False)]
    return found or []


def _powers(order: int) -> list[tuple[int, int]]:
    found, p = [], 2
    while order > 1:
        power = 0
        while order % p == 0:
            order, power = order // p, power + 1
        if power:
            found.append((p, power))
        p += 1
    return found


def _product(x: Square, y: Square) -> Square:
    """The direct product of two squares, its cells numbered row by row."""
    m = len(y)
    return [
        [x[i][k] * m + y[j][h] for k in range(len(x)) for h in range(m)]
        for i in range(len(x))
        for j in range(m)
    ]


def _field(p: int, power: int) -> tuple[Square, Square]:
    """Tables of addition and multiplication of the field of p ** power elements.

    An element is the number whose digits to the base p are the coefficients of a polynomial.
    """
    q = p**power
    digits = [[n // p**i % p for i in range(power)] for n in range(q)]

    def number(coefficients: list[int]) -> int:
        return sum(c % p * p**i for i, c in enumerate(coefficients))

    add = [
        [number([x + y for x, y in zip(digits[a], digits[b], strict=True)]) for b in range(q)]
        for a in range(q)
    ]
    for low in range(q):
        tail = digits[low]

        def times(a: int, b: int, tail: list[int] = tail) -> int:
            whole = [0] * (2 * power - 1)
            for i, x in enumerate(digits[a]):
                for j, y in enumerate(digits[b]):
                    whole[i + j] += x * y
            for top in range(2 * power - 2, power - 1, -1):
                for i in range(power):
                    whole[top - power + i] -= whole[top] * tail[i]
            return number([c % p for c in whole[:power]])

        multiply = [[times(a, b) for b in range(q)] for a in range(q)]
        # irreducible as soon as no product of two that are not zero is zero
        if all(all(row[1:]) for row in multiply[1:]):
            return add, multiply
    raise ValueError(f"{q} is not a power of a prime")


def _of_order_ten() -> list[Square]:
    """Two orthogonal squares of order 10, developed modulo 7 with three points that do not move."""
    rows = [
        [(v + step) % 7 if v < 7 else v for v in start]
        for start in STARTS_OF_TEN
        for step in range(7)
    ]
    small = [
        [7 + a, 7 + b, 7 + (a + b) % 3, 7 + (2 * a + b) % 3] for a in range(3) for b in range(3)
    ]
    both = [[[0] * 10 for _ in range(10)] for _ in range(2)]
    for a, b, first, second in rows + small:
        both[0][a][b], both[1][a][b] = first, second
    return both
