// The sections of a number format, taken apart.
#ifndef RISKSHARE_WORKBOOK_DETAIL_FORMAT_SECTION_HPP
#define RISKSHARE_WORKBOOK_DETAIL_FORMAT_SECTION_HPP

#include "workbook/detail/decimal_text.hpp"

#include <riskshare/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

struct format_token {
    enum class what : unsigned char {
        literal, ///< `text` as it stands
        place,   ///< of one digit: "0", "#" or "?"
        point,
        group, ///< a comma between places
        scale, ///< a comma after the last place
        at,    ///< "@"
        general,
    };
    what kind = what::literal;
    std::string text;
};

/// "[>=1000]".
struct format_condition {
    std::string compare; ///< "<", "<=", "=", "<>", ">=", ">"
    decimal_text with;
    bool holds(const decimal_text&) const;
};

struct format_section {
    std::vector<format_token> tokens;
    std::optional<format_condition> condition;
    bool grouped = false;
    int percents = 0;
    const char* unsupported = nullptr; ///< why numbers under it are not shown

    int whole_places() const noexcept;
    int decimals() const noexcept;
    /// The power of ten by which the number is divided before it is shown.
    int scale() const noexcept;
    bool has(format_token::what) const noexcept;
    bool is_general() const noexcept { return has(format_token::what::general) || has(format_token::what::at); }
    bool shows_digits() const noexcept { return has(format_token::what::place) || is_general(); }
};

struct format_sections {
    std::vector<format_section> all; ///< at least one

    std::size_t for_number(const decimal_text&) const noexcept;
    /// True when the section shows negative numbers alone, so that it says "negative" in its own way.
    bool drops_sign(std::size_t section) const noexcept;
    /// nullptr when text is shown as it is.
    const format_section* for_text() const noexcept;
};

format_sections parse_format(std::string_view format);

/// As `displayed`, with the blanks at both ends.
result<std::string> displayed_with_blanks(std::string_view number, std::string_view format);

} // namespace riskshare::workbook::detail

#endif
