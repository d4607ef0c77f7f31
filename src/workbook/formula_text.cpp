// The worksheet functions of text, for plain characters: how others are counted and folded is not settled here.
#include "workbook/detail/formula_values.hpp"

namespace riskshare::workbook::detail {

namespace {

using arguments = std::vector<value>;

void need(bool met) {
    if (!met) throw not_evaluated{};
}

value of_text(const std::string& name, const arguments& a, reading& r) {
    std::string joined;
    if (name == "CONCATENATE" || name == "CONCAT") {
        for (const value& v : a) joined += to_text(v, r);
        return value::of(joined);
    }
    if (a.size() != 1) throw not_evaluated{};
    const std::string text = to_text(a[0], r);
    for (char c : text) need(static_cast<unsigned char>(c) < 0x80);
    if (name == "LEN") return value::of(static_cast<double>(text.size()));
    if (name == "LOWER") return value::of(folded_text(text));
    if (name == "UPPER") {
        for (char c : text) joined += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        return value::of(joined);
    }
    for (char c : text)
        if (c != ' ' || (!joined.empty() && joined.back() != ' ')) joined += c;
    while (!joined.empty() && joined.back() == ' ') joined.pop_back();
    return value::of(joined);
}

/// LEFT, RIGHT, MID, SUBSTITUTE, EXACT, in plain characters.
value of_parts(const std::string& name, const arguments& a, reading& r) {
    need(!a.empty());
    const std::string text = to_text(a[0], r);
    for (char c : text) need(static_cast<unsigned char>(c) < 0x80);
    if (name == "EXACT") {
        need(a.size() == 2);
        return value::of(text == to_text(a[1], r));
    }
    if (name == "SUBSTITUTE") {
        need(a.size() == 3);
        const std::string old = to_text(a[1], r), fresh = to_text(a[2], r);
        std::string out = text;
        for (std::size_t at = out.find(old); !old.empty() && at != std::string::npos;
             at = out.find(old, at + fresh.size()))
            out.replace(at, old.size(), fresh);
        return value::of(out);
    }
    const auto length = [&](std::size_t i) {
        const double n = a.size() > i ? std::floor(to_number(a[i], r)) : 1;
        if (n < 0) throw error_met{"#VALUE!"};
        return static_cast<std::size_t>(std::min(n, 1e5));
    };
    if (name == "LEFT") return value::of(text.substr(0, length(1)));
    if (name == "RIGHT") return value::of(text.substr(text.size() - std::min(text.size(), length(1))));
    need(a.size() == 3);
    const std::size_t from = length(1);
    if (from < 1) throw error_met{"#VALUE!"};
    return value::of(from > text.size() ? std::string() : text.substr(from - 1, length(2)));
}

bool one_of(const std::string& name, std::initializer_list<const char*> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

std::optional<value> call_text(const std::string& name, const arguments& a, reading& r) {
    if (one_of(name, {"CONCATENATE", "CONCAT", "LEN", "LOWER", "UPPER", "TRIM"})) return of_text(name, a, r);
    if (one_of(name, {"LEFT", "RIGHT", "MID", "SUBSTITUTE", "EXACT"})) return of_parts(name, a, r);
    return std::nullopt;
}

} // namespace riskshare::workbook::detail
