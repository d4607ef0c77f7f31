// How amounts, numbers and lines of the tables that teams exchange are written, in text and in JSON.
#ifndef RISKSHARE_SRC_REPORT_EXCHANGED_CELLS_HPP
#define RISKSHARE_SRC_REPORT_EXCHANGED_CELLS_HPP

#include "detail/json.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/counted.hpp>

#include <optional>
#include <string>

namespace riskshare::report {

inline json::value amount_or_null(const std::optional<exact>& e) { return e ? json::of(*e) : json::value(nullptr); }
inline json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}
inline json::value number_or_null(const cell_count& n) {
    return n ? json::value(to_string(n->value)) : json::value(nullptr);
}
inline json::value number_or_null(const std::optional<exact>& n) {
    constexpr int most_places = 9;
    return n ? json::value(
                   to_string(rounded(*n, unit::pounds, most_places, rounding::half_away_from_zero).normalised()))
             : json::value(nullptr);
}

inline int usual_places_of(unit u) { return u == unit::pounds || u == unit::thousands ? 0 : 1; }
inline std::string shown(const std::optional<exact>& amount, unit u) {
    return amount ? accounting(*amount, u, usual_places_of(u)) : std::string();
}
inline std::string shown(const cell_figure& f, unit u) {
    return f ? accounting(f->value(), u, usual_places_of(u)) : std::string();
}
inline std::string shown(const cell_count& n) {
    return n ? accounting(n->number(), unit::pounds, n->value.places()) : std::string();
}

/// "UHL, Medicine, M4"; "Total" for what adds up bodies; `otherwise` where nothing says whose it is.
inline std::string line_label(bool is_total, const std::string& organisation, const std::string& name,
                              const std::string& when, const std::string& otherwise) {
    std::string text = is_total ? "Total" : organisation;
    for (const std::string& more : {name, when})
        if (!more.empty()) text += (text.empty() ? "" : ", ") + more;
    return text.empty() ? otherwise : text;
}

} // namespace riskshare::report

#endif
