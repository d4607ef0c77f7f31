// Amounts as accountants write them: 1,234 and (1,234), £1.2m, - for zero.
#ifndef RISKSHARE_ACCOUNTING_HPP
#define RISKSHARE_ACCOUNTING_HPP

#include <riskshare/exact.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace riskshare {

/// What a text in a cell turned out to be.
struct written_amount {
    enum class what {
        blank,      ///< nothing, or spaces
        amount,     ///< `value`, in `in` when the text names a unit ("£1.2m"), else in the table's unit
        percentage, ///< `value` as a fraction: 65% is 0.65
        unit,       ///< only a unit, in `in`: a heading such as £'000
        text,       ///< anything else that does not begin as a number does: "Jul-19", "n/a", "<=6.02"
    };
    what kind = what::blank;
    decimal value = {};
    std::optional<riskshare::unit> in = {};
};

/// Reads `1,234`, `(1,234)`, `1,234-`, `-48.7`, `£(13.6)`, `£1.2m`, `-£928`, `65%`, `-` (zero), with any minus sign and
/// any blanks around. What begins as a number and is none (`12,5OO`, `1.2.3`, `£18 6m`, `12,34`) fails with rule
/// "number.ambiguous" rather than being guessed at.
result<written_amount> read_written(std::string_view text);

/// `1,234` `(1,234)` `-` as a column in the given unit prints it, rounded half away from zero as spreadsheets do.
std::string accounting(const exact&, unit, int places = 0);
/// The same for a value in no unit.
std::string accounting(const decimal&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

/// Digits with optional thousands separators in proper groups, optional fraction; the separators taken out.
inline std::optional<std::string> ungrouped(std::string_view s) {
    std::string out;
    std::size_t group = 0;
    bool grouped = false, point = false;
    for (char c : s) {
        if (c == ',') {
            if (point || out.empty() || (grouped ? group != 3 : group > 3 || group == 0)) return std::nullopt;
            grouped = true;
            group = 0;
        } else if (c == '.') {
            if (point || (grouped && group != 3)) return std::nullopt;
            point = true;
            out += c;
        } else if (is_digit(c)) {
            if (!point) ++group;
            out += c;
        } else {
            return std::nullopt;
        }
    }
    if (out.empty() || out == "." || (grouped && !point && group != 3)) return std::nullopt;
    if (out.back() == '.') out.pop_back();
    return out;
}

inline std::string trimmed(std::string s) {
    while (!s.empty() && s.front() == ' ') s.erase(s.begin());
    while (!s.empty() && s.back() == ' ') s.pop_back();
    return s;
}

} // namespace detail

inline result<written_amount> read_written(std::string_view text) {
    using what = written_amount::what;
    std::string t = detail::plain(text);
    if (t.empty()) return written_amount{};
    if (const std::optional<unit> u = parse_unit(t)) {
        // A bare 000 in a column of figures is a number written oddly, not a heading.
        if (!detail::is_digit(t.front())) return written_amount{what::unit, {}, u};
    }
    constexpr std::string_view pound = "£";
    for (const char* zero : {"-", "--", "£-", "£ -"})
        if (t == zero) return written_amount{what::amount, decimal(), {}};
    const auto begins_as_number = [&] {
        for (std::size_t i = 0; i < t.size();) {
            if (std::string_view(t).substr(i, pound.size()) == pound) return true;
            if (detail::is_digit(t[i])) return true;
            if (t[i] != '(' && t[i] != '-' && t[i] != '+' && t[i] != '.' && t[i] != ' ') return false;
            ++i;
        }
        return false;
    };
    if (!begins_as_number()) return written_amount{what::text, {}, {}};

    const failure ambiguous{"number.ambiguous",
                            "\"" + std::string(text) + "\" begins as a number and is none; correct the cell"};
    int minus_signs = 0, plus_signs = 0;
    bool pound_seen = false;
    const auto strip_front = [&] {
        for (bool again = true; again;) {
            again = false;
            t = detail::trimmed(t);
            if (!pound_seen && t.rfind(pound, 0) == 0)
                t.erase(0, pound.size()), pound_seen = again = true;
            else if (!t.empty() && t.front() == '-')
                t.erase(0, 1), ++minus_signs, again = true;
            else if (!t.empty() && t.front() == '+')
                t.erase(0, 1), ++plus_signs, again = true;
        }
    };
    strip_front();
    if (t.size() > 1 && t.front() == '(' && t.back() == ')') {
        t = t.substr(1, t.size() - 2);
        ++minus_signs;
        strip_front();
    }
    std::optional<unit> suffix;
    bool percent = false;
    const std::string low = detail::folded(t);
    struct ending {
        std::string_view text;
        unit meaning;
    };
    static constexpr ending endings[] = {{"million", unit::millions},
                                         {"bn", unit::billions},
                                         {"mn", unit::millions},
                                         {"m", unit::millions},
                                         {"k", unit::thousands}};
    // A closing bracket may stand before the unit: "(1.2)m".
    for (const ending& e : endings) {
        if (low.size() > e.text.size() && low.compare(low.size() - e.text.size(), e.text.size(), e.text) == 0) {
            t = detail::trimmed(t.substr(0, t.size() - e.text.size()));
            suffix = e.meaning;
            break;
        }
    }
    if (!suffix && !t.empty() && t.back() == '%') {
        percent = true;
        t = detail::trimmed(t.substr(0, t.size() - 1));
    }
    if (t.size() > 1 && t.back() == '-' && !suffix) {
        t = detail::trimmed(t.substr(0, t.size() - 1));
        ++minus_signs;
    }
    if (t.size() > 1 && t.front() == '(' && t.back() == ')') {
        t = t.substr(1, t.size() - 2);
        ++minus_signs;
        strip_front();
    }
    const std::optional<std::string> digits = detail::ungrouped(t);
    if (!digits || minus_signs + plus_signs > 1 || (percent && pound_seen)) return ambiguous;
    const result<decimal> value = parse_decimal(*digits);
    if (!value) return ambiguous;
    const decimal signed_value = minus_signs == 1 ? -*value : *value;
    if (percent)
        return written_amount{what::percentage, decimal(signed_value.coefficient(), signed_value.exponent() - 2), {}};
    return written_amount{what::amount, signed_value,
                          suffix       ? suffix
                          : pound_seen ? std::optional(unit::pounds)
                                       : std::nullopt};
}

inline std::string accounting(const decimal& d) {
    if (d.is_zero()) return "-";
    std::string digits = to_string(d);
    if (d.is_negative()) digits.erase(0, 1);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    for (std::size_t i = point; i > 3; i -= 3) digits.insert(i - 3, 1, ',');
    return d.is_negative() ? "(" + digits + ")" : digits;
}

inline std::string accounting(const exact& amount, unit u, int places) {
    return accounting(rounded(amount, u, places, rounding::half_away_from_zero));
}

} // namespace riskshare

#endif
