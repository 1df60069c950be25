// What a check says when it does not hold.
package isnad

class Unmet(message: String) : Exception(message)

fun equal(expected: Any?, met: Any?, what: String) {
    if (expected != met) throw Unmet("$what: expected ${short(expected)}, met ${short(met)}")
}

private fun short(value: Any?) = value.toString().let { if (it.length > 500) it.take(500) + "…" else it }

fun holds(condition: Boolean, what: String) {
    if (!condition) throw Unmet("$what: does not hold")
}
