// What every JSON document of ours shares: exact amounts, figures with their cells, fields that must be there.
#ifndef RISKSHARE_SRC_DETAIL_JSON_HPP
#define RISKSHARE_SRC_DETAIL_JSON_HPP

#include "detail/json_value.hpp"

#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace riskshare::json {

/// Keys keep their order, two blanks a level, a newline at the end.
inline std::string text(const value& v) { return v.dump() + "\n"; }

inline value of(const exact& amount) { return to_string(amount); }
inline value of(const money& amount) { return to_string(amount); }
inline value of(const ratio& r) { return to_string(r); }
value of(const provenance&);

/// Only the amount; a blank is null. For results, where the working is elsewhere.
inline value amount(const cell_figure& f) { return f ? of(f->value()) : value(nullptr); }

/// The figure with its working: amount in pounds, as written, unit, places shown, cell.
value of(const cell_figure&);
/// Throws `malformed`.
cell_figure figure_from(const value&, const std::string& path);
provenance provenance_from(const value&, const std::string& path);

value of(const finding&);

/// Thrown while a document is read; caught where reading began.
struct malformed {
    std::string path, message;
};

/// The member, which must be there.
const value& member(const value& object, const char* key, const std::string& path);
std::string text_of(const value&, const std::string& path);
const value& array_of(const value&, const std::string& path);
std::int64_t whole_number(const value&, const std::string& path, std::int64_t least, std::int64_t most);
/// "8362250.00", "1/3".
exact exact_from(const value&, const std::string& path);
/// Refuses what is finer than a penny.
money money_from(const value&, const std::string& path);

} // namespace riskshare::json

#endif
