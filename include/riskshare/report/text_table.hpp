// Tables as a terminal or a text file shows them: aligned, with a heading, ruled before a total.
#ifndef RISKSHARE_REPORT_TEXT_TABLE_HPP
#define RISKSHARE_REPORT_TEXT_TABLE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::report {

/// How a piece of text is set where colour is to be had. Colour never carries meaning alone.
enum class tone : std::uint8_t { plain, strong, faint, red, amber, green, heading };

enum class alignment : std::uint8_t { left, right };

struct text_cell {
    std::string text;
    report::tone tone = report::tone::plain;
    text_cell(std::string t, report::tone how = report::tone::plain) : text(std::move(t)), tone(how) {}
    text_cell(const char* t) : text(t) {}
};

/// Columns that a screen shows for a UTF-8 text (every code point one, combining marks none).
std::size_t display_width(std::string_view utf8);
/// The text with the escape sequences of its tone, or as it is.
std::string toned(std::string_view text, tone, bool colour);

class text_table {
public:
    text_table& column(std::string heading, alignment = alignment::right);
    /// As many cells as there are columns; missing ones stay blank.
    text_table& row(std::vector<text_cell> cells);
    /// A line across, such as stands before a total.
    text_table& rule();
    /// Every line ends in a newline; no blanks at the end of a line. Accountants' brackets are hung outside the digits.
    std::string render(bool colour, std::size_t indent = 0) const;

private:
    struct line {
        bool rule = false;
        std::vector<text_cell> cells;
    };
    struct heading {
        std::string text;
        alignment align;
    };
    std::vector<heading> columns_;
    std::vector<line> lines_;
};

} // namespace riskshare::report

#endif
