// The units in which one pack prints money: £, £000, £m.
#ifndef RISKSHARE_UNIT_HPP
#define RISKSHARE_UNIT_HPP

#include <riskshare/detail/text.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare {

enum class unit : std::uint8_t { pounds, thousands, millions, billions };

/// Powers of ten between a unit and one pound: 0, 3, 6, 9.
constexpr int power_of_ten(unit u) { return 3 * static_cast<int>(u); }

/// "£", "£000", "£m", "£bn".
inline std::string to_string(unit u) {
    switch (u) {
    case unit::pounds:
        return "£";
    case unit::thousands:
        return "£000";
    case unit::millions:
        return "£m";
    case unit::billions:
        return "£bn";
    }
    return "?";
}

/// A text that is a unit and nothing else: `£`, `£000`, `£'000`, `(£m)`, `£ million`, `£k`, `GBP`, `000s`.
std::optional<unit> parse_unit(std::string_view text);

/// The units that a title or heading names, each once: "Efficiencies, £m" names one, "all figures in thousands" one,
/// "£m, efficiencies in £000" two. An amount such as "£1.2m" names none.
std::vector<unit> units_in(std::string_view text);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

/// Reads what may follow a pound sign as a unit; the number of bytes eaten is added to `used`.
inline std::optional<unit> unit_after_pound(std::string_view rest, std::size_t& used) {
    std::size_t i = 0;
    while (i < rest.size() && rest[i] == ' ') ++i;
    if (i < rest.size() && rest[i] == '\'') ++i;
    struct spelling {
        std::string_view text;
        unit meaning;
    };
    static constexpr spelling spellings[] = {
        {"000,000s", unit::millions},  {"000,000", unit::millions}, {"000s", unit::thousands},
        {"000's", unit::thousands},    {"000", unit::thousands},    {"thousands", unit::thousands},
        {"thousand", unit::thousands}, {"k", unit::thousands},      {"millions", unit::millions},
        {"million", unit::millions},   {"mn", unit::millions},      {"m", unit::millions},
        {"billions", unit::billions},  {"billion", unit::billions}, {"bn", unit::billions},
        {"s", unit::pounds},
    };
    for (const spelling& s : spellings) {
        if (rest.substr(i, s.text.size()) != s.text) continue;
        const std::size_t end = i + s.text.size();
        if (end < rest.size() && is_alphanumeric(rest[end])) continue;
        used += end;
        return s.meaning;
    }
    const std::size_t next = rest.empty() || rest[0] != ' ' ? 0 : 1;
    const bool amount_follows = next < rest.size() &&
                                (is_digit(rest[next]) || rest[next] == '.' || rest[next] == '(' || rest[next] == '-') &&
                                next == 0;
    if (amount_follows || (next == 0 && !rest.empty() && (is_alphanumeric(rest[0])))) return std::nullopt;
    return unit::pounds;
}

/// Whether the words at `i` are a unit by themselves: not the end of "£'000" or "1,000s", nor "in thousands of miles".
inline bool stands_alone(std::string_view t, std::size_t i, std::size_t size) {
    const bool begins = i == 0 || t[i - 1] == ' ' || t[i - 1] == '(' || t[i - 1] == '[';
    const std::string_view rest = t.substr(i + size);
    if (!begins || (!rest.empty() && (is_alphanumeric(rest[0]) || rest[0] == '\''))) return false;
    return rest.rfind(" of ", 0) != 0 || rest.rfind(" of pounds", 0) == 0 || rest.rfind(" of £", 0) == 0;
}

} // namespace detail

inline std::optional<unit> parse_unit(std::string_view text) {
    std::string t = detail::folded(text);
    if (t.size() > 2 && ((t.front() == '(' && t.back() == ')') || (t.front() == '[' && t.back() == ']')))
        t = t.substr(1, t.size() - 2);
    if (t.rfind("in ", 0) == 0) {
        t = t.substr(3);
        if (t == "thousands") return unit::thousands;
        if (t == "millions") return unit::millions;
    }
    if (t == "gbp" || t == "pounds") return unit::pounds;
    if (t == "000s" || t == "'000" || t == "'000s" || t == "000" || t == "000's") return unit::thousands;
    constexpr std::string_view pound = "£";
    if (t.rfind(pound, 0) == 0) {
        std::size_t used = pound.size();
        const std::optional<unit> found = detail::unit_after_pound(std::string_view(t).substr(pound.size()), used);
        if (!found) return std::nullopt;
        return used == t.size() ? found : std::nullopt;
    }
    if (t.rfind("gbp", 0) == 0) {
        std::size_t used = 3;
        const std::optional<unit> found = detail::unit_after_pound(std::string_view(t).substr(3), used);
        return found && *found != unit::pounds && used == t.size() ? found : std::nullopt;
    }
    return std::nullopt;
}

inline std::vector<unit> units_in(std::string_view text) {
    std::string t = " " + detail::folded(text);
    constexpr std::string_view pound = "£", code = "gbp";
    for (std::size_t i = t.find(code); i != std::string::npos; i = t.find(code, i + 1))
        if (!detail::is_alphanumeric(t[i - 1])) t.replace(i, code.size(), pound);
    std::vector<unit> found;
    const auto add = [&](unit u) {
        for (unit earlier : found)
            if (earlier == u) return;
        found.push_back(u);
    };
    for (std::size_t i = t.find(pound); i != std::string::npos; i = t.find(pound, i + 1)) {
        std::size_t used = 0;
        const std::optional<unit> u = detail::unit_after_pound(std::string_view(t).substr(i + pound.size()), used);
        if (u) add(*u);
    }
    struct spelling {
        std::string_view text;
        unit meaning;
    };
    static constexpr spelling without_a_sign[] = {{"in pounds", unit::pounds},     {"in thousands", unit::thousands},
                                                  {"in millions", unit::millions}, {"'000s", unit::thousands},
                                                  {"'000", unit::thousands},       {"000s", unit::thousands},
                                                  {"000's", unit::thousands}};
    for (const spelling& s : without_a_sign)
        for (std::size_t i = t.find(s.text); i != std::string::npos; i = t.find(s.text, i + 1))
            if (detail::stands_alone(t, i, s.text.size())) add(s.meaning);
    return found;
}

} // namespace riskshare

#endif
