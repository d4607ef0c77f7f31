// Tells amounts from everything else that cells hold, by kind, format, heading and place.
#include "template/account/no_amounts.hpp"

#include "template/words/vocabulary.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/decimal.hpp>
#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <unordered_map>

namespace riskshare::templates::detail {

namespace {

using workbook::cell;
using workbook::cell_kind;

constexpr std::int64_t first_year = 1990, last_year = 2100;

std::optional<std::int64_t> whole(const cell& c) {
    if (c.text.empty() || c.text.size() > 9) return std::nullopt;
    std::int64_t n = 0;
    for (char d : c.text) {
        if (d < '0' || d > '9') return std::nullopt;
        n = n * 10 + (d - '0');
    }
    return n;
}

/// Whether a heading or a label says that what stands there is counted, scored or named, and is no money.
bool says_no_money(std::string_view heading) {
    const std::string words = " " + riskshare::detail::folded(std::string(heading)) + " ";
    static constexpr const char* of_counts[] = {
        "number of", " no. ",   " wte ",  " fte ",  "headcount", " staff ", " score",      "likelihood", " impact ",
        " rank ",    " ref ",   " ref.",  " id ",   " code ",    " codes ", "%",           "percent",    " rate ",
        " ratio ",   " weight", " hours", " days ", "patients",  " count ", " population "};
    return std::any_of(std::begin(of_counts), std::end(of_counts),
                       [&](const char* word) { return words.find(word) != std::string::npos; });
}

/// Whether a heading or a label is of years or months and the number is one: "Year" over 2024, not over 5,600.
bool numbers_a_period(std::string_view heading, const cell& c) {
    const std::string words = " " + riskshare::detail::folded(std::string(heading)) + " ";
    const std::optional<std::int64_t> n = whole(c);
    const auto says = [&](const char* word) { return n && words.find(word) != std::string::npos; };
    return (says(" year ") && ((first_year <= *n && *n <= last_year) || *n <= 10)) || (says(" month ") && *n <= 12);
}

/// What stands above a cell in its column.
struct heading_above {
    std::string_view text;
    bool of_a_group = false;
};

class telling {
public:
    explicit telling(sheet_states& s) : s_(s) {}

    void run() {
        const auto cells = s_.source().cells();
        for (std::size_t first = 0; first < cells.size();) {
            std::size_t end = first;
            while (end < cells.size() && cells[end].at.row == cells[first].at.row) ++end;
            row(first, end);
            first = end;
        }
    }

private:
    void row(std::size_t first, std::size_t end) {
        const bool counters = is_row_of_counters(first, end);
        std::string_view label;
        for (std::size_t i = first; i < end; ++i) {
            const cell& c = s_.cell(i);
            if (c.kind == cell_kind::text) {
                headings_[c.at.column] = {c.text, s_.heads_a_group(i)};
                if (label.empty()) label = c.text;
            }
            if (c.kind == cell_kind::blank && !c.has_formula) continue;
            if (!s_.state(i) && (counters || no_amount(i, c, label))) s_.set(i, cell_state::no_amount);
        }
    }

    /// Years, or months counted up: numbers that head columns.
    bool is_row_of_counters(std::size_t first, std::size_t end) const {
        if (s_.reads_row(s_.cell(first).at.row)) return false;
        bool years = true, counted = true;
        std::size_t numbers = 0;
        std::int64_t before = 0;
        for (std::size_t i = first; i < end; ++i) {
            const cell& c = s_.cell(i);
            if (c.kind != cell_kind::number) continue;
            const std::optional<std::int64_t> n = whole(c);
            if (!n) return false;
            years = years && first_year <= *n && *n <= last_year;
            counted = counted && (numbers == 0 || *n == before + 1);
            before = *n;
            ++numbers;
        }
        return numbers > 0 && (years || (counted && numbers >= 3));
    }

    bool no_amount(std::size_t i, const cell& c, std::string_view label) const {
        switch (c.kind) {
        case cell_kind::blank: // a formula without a stored result
        case cell_kind::error:
            return false;
        case cell_kind::boolean:
            return true;
        case cell_kind::text:
            return !is_amount(c);
        case cell_kind::number:
            break;
        }
        if (s_.source().is_date(c) || s_.source().number_format(c).find('%') != std::string_view::npos) return true;
        if (s_.reads_column(c.at.column)) return false;
        const std::uint32_t first_read = s_.first_read_in(c.at.row);
        const auto found = headings_.find(c.at.column);
        const heading_above above = found == headings_.end() ? heading_above{} : found->second;
        // What stands before the first figure names the row, or numbers it: under a heading, or before its words.
        if (first_read != 0 && c.at.column < first_read &&
            (names_rows(above) || label.empty() || !is_next_to(i, first_read)))
            return true;
        for (const std::string_view words : {label, above.text})
            if (says_no_money(words) || numbers_a_period(words, c)) return true;
        return label.empty() && numbers_a_row(i, c);
    }

    /// Whether nothing but numbers stands between the cell and the first figure that was read.
    bool is_next_to(std::size_t i, std::uint32_t first_read) const {
        const auto cells = s_.source().cells();
        for (std::size_t next = i + 1;
             next < cells.size() && cells[next].at.row == cells[i].at.row && cells[next].at.column < first_read; ++next)
            if (cells[next].kind != cell_kind::number) return false;
        return true;
    }

    /// 1, 2, 3 … or a code before the words of its row.
    bool numbers_a_row(std::size_t i, const cell& c) const {
        const auto cells = s_.source().cells();
        return whole(c) && s_.source().number_format(c) == "General" && i + 1 < cells.size() &&
               cells[i + 1].at.row == c.at.row && cells[i + 1].kind == cell_kind::text && !is_amount(cells[i + 1]);
    }

    sheet_states& s_;
    /// A heading of its own that heads no figures: "Cost centre", not "Actual".
    static bool names_rows(const heading_above& h) {
        using words::term;
        return !h.text.empty() && !h.of_a_group &&
               !words::everyday_words().terms_in(h.text).has_any(
                   {term::plan, term::actual, term::forecast, term::variance, term::total});
    }

    std::unordered_map<std::uint32_t, heading_above> headings_; ///< the last text above, by column
};

} // namespace

void set_no_amounts(sheet_states& s) { telling(s).run(); }

bool is_amount(const cell& c) {
    constexpr std::size_t longest = 40; // of a text that is nothing but an amount
    if (c.text.size() > longest || c.text.find_first_of("0123456789") == std::string_view::npos) return false;
    const result<written_amount> w = read_written(c.text);
    if (!w || w->kind != written_amount::what::amount) return false;
    if (w->in || c.text.find_first_of(".,(-") != std::string_view::npos) return true;
    // Digits alone: a year, a day, a code with a nought before it.
    const std::optional<std::int64_t> n = whole(c);
    return n && *n > 31 && (*n < first_year || *n > last_year) && c.text.front() != '0';
}

} // namespace riskshare::templates::detail
