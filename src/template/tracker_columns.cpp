#include "template/tracker_columns.hpp"
#include "template/words/months.hpp"

#include "template/tracker_context.hpp"
#include "template/tracker_heading_texts.hpp"
#include "template/tracker_words.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

namespace {

constexpr int least_column_fit = 80;

bool has_word(const std::string& words, std::string_view word) {
    return (" " + words + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

/// "QIA date" is no QIA, "Previous RAG" not the RAG: a word that makes another thing of what it stands beside.
bool speaks_of_another(const std::string& heading, const std::string& wanted) {
    for (const char* word : {"date", "comment", "comments", "note", "notes", "narrative", "rationale", "email",
                             "previous", "prior", "last", "old", "movement", "change", "deadline", "score"})
        if (has_word(heading, word) && !has_word(wanted, word)) return true;
    return false;
}

/// A slip may stand in a long word; QIA and PID are two things.
bool has_its_short_words(const std::string& heading, const std::string& wanted) {
    std::string letters;
    for (char c : heading)
        if (text::is_alphanumeric(c)) letters += c;
    std::string word;
    for (char c : wanted + " ") {
        if (text::is_alphanumeric(c)) {
            word += c;
            continue;
        }
        if (word.size() > 1 && word.size() <= 3 && letters.find(word) == std::string::npos) return false;
        word.clear();
    }
    return true;
}

int best_fit(const std::string& heading, const field& f) {
    int best = 0;
    std::string clean = heading;
    for (char& c : clean)
        if (c == '?' || c == '*') c = ' ';
    const std::string words = tidied(clean);
    for (std::size_t i = 0; i < f.headings.size(); ++i) {
        if (speaks_of_another(words, f.headings[i]) || !has_its_short_words(words, f.headings[i])) continue;
        const int quality = fit(clean, field{f.id, {f.headings[i]}});
        if (quality >= least_column_fit) best = std::max(best, quality * 100 - static_cast<int>(i));
    }
    return best;
}

void join(std::string& to, const std::string& more) { to += (to.empty() ? "" : " ") + more; }

/// The words of a line without its month: "Revised plan Apr-19" is of "Revised plan".
std::string without_month(const std::string& line) {
    std::string out, word;
    for (char c : line + " ") {
        if (c != ' ' && c != '(' && c != ')') {
            word += c;
            continue;
        }
        const std::optional<line_meaning> m = meaning_of(word);
        if (!word.empty() && !(m && m->month) && !parse_unit(word)) join(out, word);
        word.clear();
    }
    return out;
}

/// 1 to 12 in one row: months without a word.
std::uint32_t row_of_counted_months(const grid& g, std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t r = first; r <= last; ++r) {
        int next = 1;
        for (const workbook::cell& c : g.source().row(r))
            if (c.kind == workbook::cell_kind::number && !g.source().is_date(c) &&
                c.text == std::to_string(next > 12 ? 1 : next))
                next = next > 12 ? 2 : next + 1;
        if (next > 12) return r;
    }
    return 0;
}

class column_reader {
public:
    column_reader(const grid& g, bool from_1904, std::uint32_t first, std::uint32_t last)
        : grid_(g), from_1904_(from_1904), first_(first), last_(last), headings_(g, first, last, from_1904),
          numbered_row_(row_of_counted_months(g, first, last)) {}

    column_reading read(std::uint32_t column) const {
        column_reading out;
        std::optional<workbook::address> before;
        std::optional<int> calendar_year;
        for (std::uint32_t r = first_; r <= last_; ++r) {
            const std::optional<workbook::address> at = headings_.origin(r, column);
            if (!at || at == before) continue;
            before = at;
            if (take_month_cell(out, *at, r)) continue;
            const std::string line = grid_.text(at->row, at->column);
            join(out.joined, line);
            take_line(out, line, r, calendar_year);
        }
        if (out.month && !out.month->calendar_year && calendar_year) out.month->calendar_year = calendar_year;
        if (out.month && out.month->calendar_year)
            out.financial_year = *out.month->calendar_year - (out.month->month.number() > 9 ? 1 : 0);
        out.percent |= shows_percent(column);
        find_field(out, column);
        return out;
    }

private:
    /// A date, or a number in a row that counts the months.
    bool take_month_cell(column_reading& out, const workbook::address& at, std::uint32_t row) const {
        if (const std::optional<month_label> m = month_in(grid_, at.row, at.column, from_1904_)) {
            out.month = m, out.month_row = row;
            join(out.joined, std::string(month_name(m->month)));
            return true;
        }
        if (row != numbered_row_ || !grid_.is_number(at.row, at.column)) return false;
        if (const result<month_label> m = parse_month("m" + grid_.text(at.row, at.column)))
            out.month = *m, out.month_row = row;
        return true;
    }

    static void take_line(column_reading& out, const std::string& line, std::uint32_t row,
                          std::optional<int>& calendar_year) {
        if (const std::optional<riskshare::unit> u = parse_unit(line)) {
            out.unit = u;
            return;
        }
        if (const std::vector<riskshare::unit> units = units_in(line); units.size() == 1) out.unit = units.front();
        if (line.find('%') != std::string::npos) out.percent = true;
        const std::optional<line_meaning> m = meaning_of(line);
        if (!m) {
            out.unknown = line, out.unknown_row = row;
            out.month_inside |= words::month_of(line).has_value();
            join(out.group, line);
            return;
        }
        if (m->month) out.month = m->month, out.month_row = row;
        if (m->kind) out.kind = m->kind, out.kind_row = row;
        if (m->financial_year) out.financial_year = m->financial_year;
        if (m->calendar_year) calendar_year = m->calendar_year;
        if (m->kind || m->financial_year) join(out.group, without_month(line));
        out.year |= m->year, out.to_date |= m->to_date, out.in_month |= m->in_month, out.quarter |= m->quarter;
    }

    bool shows_percent(std::uint32_t column) const {
        constexpr std::uint32_t looked_at = 12;
        for (std::uint32_t r = last_ + 1; r <= std::min(grid_.rows(), last_ + looked_at); ++r)
            if (const workbook::cell* c = grid_.cell(r, column); c != nullptr && c->kind == workbook::cell_kind::number)
                return grid_.source().number_format(*c).find('%') != std::string_view::npos;
        return false;
    }

    void find_field(column_reading& out, std::uint32_t column) const {
        if (out.joined.empty() || out.month) return;
        std::vector<std::string> lines{out.joined};
        for (std::uint32_t r = first_; r <= last_; ++r)
            if (const std::string line = headings_(r, column); !line.empty() && line != out.joined)
                lines.push_back(line);
        for (const field& f : tracker_fields())
            for (const std::string& line : lines) {
                // A heading that reads wholly as plan, actual or a period is no field, unless to the letter.
                const int quality = best_fit(line, f);
                if (quality > out.fit && (!meaning_of(line) || quality >= 9'800)) out.fit = quality, out.field = f.id;
            }
        if (!out.field.empty() && out.unknown.empty() && out.fit < 9'700) out.field.clear(), out.fit = 0;
    }

    const grid& grid_;
    bool from_1904_;
    std::uint32_t first_, last_;
    tracker_heading_texts headings_;
    std::uint32_t numbered_row_;
};

} // namespace

std::vector<column_reading> read_columns(const grid& g, bool from_1904, std::uint32_t first, std::uint32_t last) {
    const column_reader reader(g, from_1904, first, last);
    std::vector<column_reading> out;
    for (std::uint32_t c = 1; c <= g.columns(); ++c) out.push_back(reader.read(c));
    return out;
}

} // namespace riskshare::templates::detail
