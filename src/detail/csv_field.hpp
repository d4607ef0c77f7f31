// One field of a list of comma-separated values.
#ifndef RISKSHARE_SRC_DETAIL_CSV_FIELD_HPP
#define RISKSHARE_SRC_DETAIL_CSV_FIELD_HPP

#include <string>

namespace riskshare::detail {

inline std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace riskshare::detail

#endif
