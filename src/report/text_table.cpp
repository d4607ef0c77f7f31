#include <riskshare/report/text_table.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

/// A column of bracketed figures lines up on its last digit: figures without a closing bracket get a blank in its
/// place.
std::string hung(const std::string& text, bool column_has_brackets) {
    if (!column_has_brackets || text.empty() || text.back() == ')') return text;
    return text + " ";
}

std::string padded(const std::string& text, std::size_t width, alignment align) {
    const std::size_t own = display_width(text);
    const std::string blanks(width > own ? width - own : 0, ' ');
    return align == alignment::left ? text + blanks : blanks + text;
}

/// A heading of several lines, one entry a line.
std::vector<std::string> split_lines(const std::string& text) {
    std::vector<std::string> out;
    std::size_t start = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
        out.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    out.push_back(text.substr(start));
    return out;
}

} // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const unsigned char c = static_cast<unsigned char>(utf8[i]);
        const bool continuation = (c & 0xC0U) == 0x80U;
        // U+0300 to U+036F combine with the letter before them: CC 80 to CD AF.
        const unsigned char next = i + 1 < utf8.size() ? static_cast<unsigned char>(utf8[i + 1]) : 0;
        const bool combining = c == 0xCC || (c == 0xCD && next < 0xB0);
        if (!continuation && !combining) ++width;
    }
    return width;
}

std::string toned(std::string_view text, tone how, bool colour) {
    if (!colour || how == tone::plain || text.empty()) return std::string(text);
    const char* code = "";
    switch (how) {
    case tone::plain:
        break;
    case tone::strong:
        code = "1";
        break;
    case tone::faint:
        code = "2";
        break;
    case tone::red:
        code = "31";
        break;
    case tone::amber:
        code = "33";
        break;
    case tone::green:
        code = "32";
        break;
    case tone::heading:
        code = "1;4";
        break;
    }
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

text_table& text_table::column(std::string text, alignment align) {
    columns_.push_back({std::move(text), align});
    return *this;
}

text_table& text_table::row(std::vector<text_cell> cells) {
    cells.resize(columns_.size(), text_cell(""));
    lines_.push_back({false, std::move(cells)});
    return *this;
}

text_table& text_table::rule() {
    lines_.push_back({true, {}});
    return *this;
}

std::string text_table::render(bool colour, std::size_t indent) const {
    constexpr std::string_view gap = "  ";
    std::vector<std::size_t> widths;
    std::vector<bool> brackets;
    std::vector<std::vector<std::string>> headings;
    std::size_t heading_lines = 1;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        headings.push_back(split_lines(columns_[c].text));
        heading_lines = std::max(heading_lines, headings.back().size());
        bool any = false;
        for (const line& l : lines_)
            any = any || (!l.rule && columns_[c].align == alignment::right && !l.cells[c].text.empty() &&
                          l.cells[c].text.back() == ')');
        brackets.push_back(any);
        std::size_t width = 0;
        for (const std::string& h : headings.back()) width = std::max(width, display_width(hung(h, any)));
        for (const line& l : lines_)
            if (!l.rule) width = std::max(width, display_width(hung(l.cells[c].text, any)));
        widths.push_back(width);
    }

    std::string out;
    const auto finish = [&](std::string text) {
        while (!text.empty() && text.back() == ' ') text.pop_back();
        out += std::string(indent, ' ') + text + "\n";
    };
    for (std::size_t h = 0; h < heading_lines; ++h) {
        std::string text;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            const std::size_t blank = heading_lines - headings[c].size();
            const std::string own = h < blank ? "" : headings[c][h - blank];
            const std::string set =
                padded(hung(own, brackets[c] && columns_[c].align == alignment::right), widths[c], columns_[c].align);
            const std::size_t at = set.find(own);
            text += c == 0 ? "" : gap;
            text +=
                own.empty() ? set : set.substr(0, at) + toned(own, tone::strong, colour) + set.substr(at + own.size());
        }
        finish(text);
    }
    const auto rule_line = [&] {
        std::string text;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            text += c == 0 ? "" : gap;
            for (std::size_t i = 0; i < widths[c]; ++i) text += "─";
        }
        finish(toned(text, tone::faint, colour));
    };
    rule_line();
    for (const line& l : lines_) {
        if (l.rule) {
            rule_line();
            continue;
        }
        std::string text;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            const std::string own = l.cells[c].text;
            const std::string set = padded(hung(own, brackets[c]), widths[c], columns_[c].align);
            const std::size_t at = own.empty() ? 0 : set.find(own);
            text += c == 0 ? "" : gap;
            text += set.substr(0, at) + toned(own, l.cells[c].tone, colour) + set.substr(at + own.size());
        }
        finish(text);
    }
    return out;
}

} // namespace riskshare::report
