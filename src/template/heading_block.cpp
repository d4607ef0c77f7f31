#include "template/heading_block.hpp"

#include "template/heading_texts.hpp"
#include "template/region.hpp"
#include "template/table_parts.hpp"
#include "template/title_row.hpp"
#include "template/words/months.hpp"

#include <riskshare/organisation.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <initializer_list>
#include <map>
#include <set>
#include <unordered_map>

namespace riskshare::templates {

namespace {

using detail::block;
using detail::has_words;
using detail::heading_line;
using detail::heading_texts;
using detail::is_title_row;
using detail::joined_heading;
using detail::known_fits;
using detail::least_fit;
using detail::letters_a_slip;
using detail::match;
using detail::words_of;
using riskshare::detail::within_slips;

constexpr std::uint32_t most_heading_rows = 3;
constexpr std::uint32_t top_rows = 300; // far down there are data, and reading thousands of their rows on takes minutes
constexpr int same_fit = 100, plural_fit = 97, joined_fit = 98, misspelt_fit = 88; // of a heading to a field
constexpr int leading_fit = 80, inside_fit = 70;                                   // among more words

bool plural_of(std::string_view more, std::string_view one) {
    return more.size() == one.size() + 1 && more.back() == 's' && more.substr(0, one.size()) == one;
}

bool same_but_for_spaces(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    for (;; ++i, ++j) {
        while (i < a.size() && a[i] == ' ') ++i;
        while (j < b.size() && b[j] == ' ') ++j;
        if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
        if (a[i] != b[j]) return false;
    }
}

int fit_words(const std::string& text, const std::string& wanted) {
    if (text.empty() || wanted.empty()) return 0;
    if (text == wanted) return same_fit;
    if (plural_of(text, wanted) || plural_of(wanted, text)) return plural_fit;
    if (same_but_for_spaces(text, wanted)) return joined_fit;
    if (wanted.size() >= 4 && within_slips(text, wanted, wanted.size() / letters_a_slip + 1)) return misspelt_fit;
    const bool doubled = wanted.size() == 3 && text.size() == 4 && within_slips(text, wanted, 1);
    if (doubled && std::adjacent_find(text.begin(), text.end()) != text.end()) return misspelt_fit; // "Redd"
    if (wanted.size() < 2) return 0; // a single letter must stand alone
    if (text.size() > wanted.size() && text[wanted.size()] == ' ' && text.compare(0, wanted.size(), wanted) == 0)
        return leading_fit;
    if (has_words(text, wanted)) return text.size() > 6 * wanted.size() ? least_fit : inside_fit;
    return 0;
}

/// How well a column's heading lines fit the field at `index`: by the lowest line, or by that line read on from those
/// above it. What a group's heading says alone, it says of every column of the group.
match column_fit(const std::vector<heading_line>& lines, const field& f, std::size_t index, known_fits& fits) {
    match best;
    if (f.reads) {
        for (const heading_line& line : lines) best.heading += (best.heading.empty() ? "" : "\n") + line.text;
        best.quality = fits.of(best.heading, index);
        std::replace(best.heading.begin(), best.heading.end(), '\n', ' ');
        return best;
    }
    std::string upper, read_on;
    bool group = false;
    for (std::size_t from = lines.size(); from-- > 0;) {
        const bool lowest = from + 1 == lines.size();
        read_on = lowest ? lines[from].text : lines[from].text + " " + read_on;
        if (!lowest) {
            upper = upper.empty() ? lines[from].text : lines[from].text + " " + upper;
            group = group || lines[from].shared;
        }
        const int quality = fits.of(read_on, index);
        const bool said_by_group = !lowest && quality < misspelt_fit && fits.of(upper, index) >= quality;
        if (said_by_group && (group || quality <= inside_fit)) continue;
        if (quality >= best.quality) best = {quality, {}};
    }
    best.heading = read_on;
    return best;
}

/// Whether figures stand in the column soon below the row.
bool figures_below(const grid& g, std::uint32_t row, std::uint32_t column) {
    constexpr std::uint32_t soon = 8;
    for (std::uint32_t r = row + 1; r <= row + soon; ++r)
        if (detail::holds_amount(g, r, column)) return true;
    return false;
}

bool judges_whole(const shape& s) {
    return std::any_of(s.fields.begin(), s.fields.end(), [](const field& f) { return static_cast<bool>(f.reads); });
}

/// What rows are read as headings with.
class block_reader {
public:
    block_reader(const grid& g, const shape& s) : from(g), kind(s) {}

    const grid& from;
    const shape& kind;
    heading_texts texts{from};
    known_fits fits{kind};
    bool whole = judges_whole(kind); ///< some field judges a column's whole heading

    std::vector<heading_line> lines(std::uint32_t first, std::uint32_t last, std::uint32_t column);
    /// Of a blank above a headed column of figures, where the heading of the group was typed over its first column and
    /// not merged: the nearest text to its left, as far as such columns join on without a gap. By column.
    const std::vector<std::string>& group_headings(std::uint32_t row, std::uint32_t last);
    /// Whether the row heads the column with a text, and figures stand soon below it; judged once.
    bool heads_figures(std::uint32_t row, std::uint32_t column);
    std::string joined(std::uint32_t first, std::uint32_t last, std::uint32_t column);

    /// Reads rows first..last as headings: which columns fit which fields best. A column of figures whose heading names
    /// an earlier year than the table's fits none: last year's figures are neither plan nor actual.
    block read(std::uint32_t first, std::uint32_t last);

private:
    std::vector<std::uint32_t> of_prior_years(std::uint32_t first, std::uint32_t last);
    std::optional<financial_year> year_of_titles_ = detail::year_of_titles(from);

    enum class judged : std::uint8_t { not_yet, no, yes };
    std::unordered_map<std::uint32_t, std::vector<judged>> heads_; // by row
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::string>> groups_;
};

bool block_reader::heads_figures(std::uint32_t row, std::uint32_t column) {
    std::vector<judged>& known = heads_[row];
    if (known.empty()) known.resize(from.columns() + 1);
    if (known[column] == judged::not_yet) {
        const bool heads =
            !from.is_number(row, column) && !texts.heading(row, column).empty() && figures_below(from, row, column);
        known[column] = heads ? judged::yes : judged::no;
    }
    return known[column] == judged::yes;
}

const std::vector<std::string>& block_reader::group_headings(std::uint32_t row, std::uint32_t last) {
    constexpr std::size_t kept = 16; // the blocks about one row
    if (groups_.size() >= kept && groups_.count({row, last}) == 0) groups_.clear();
    const auto [found, fresh] = groups_.try_emplace({row, last});
    std::vector<std::string>& out = found->second;
    if (!fresh) return out;
    out.resize(from.columns() + 1);
    std::string group;
    for (std::uint32_t c = 1; c <= from.columns(); ++c) {
        std::string own = texts.heading(row, c);
        if (!heads_figures(last, c))
            group.clear();
        else if (own.empty())
            out[c] = group;
        else
            group = from.is_number(row, c) || parse_unit(own) ? "" : std::move(own);
    }
    return out;
}

std::vector<heading_line> block_reader::lines(std::uint32_t first, std::uint32_t last, std::uint32_t column) {
    if (!whole) return texts.lines(first, last, column);
    std::vector<heading_line> out;
    for (std::uint32_t row = first; row <= last; ++row) {
        std::string line = texts.row(row)[column];
        if (line.empty() && row < last && row <= top_rows) line = group_headings(row, last)[column];
        if (line.empty() || (!out.empty() && out.back().text == line)) continue;
        out.push_back({std::move(line), false});
    }
    return out;
}

std::string block_reader::joined(std::uint32_t first, std::uint32_t last, std::uint32_t column) {
    if (!whole) return texts.joined(first, last, column);
    std::string out;
    for (const heading_line& line : lines(first, last, column)) out += (out.empty() ? "" : "\n") + line.text;
    return out;
}

std::vector<std::uint32_t> block_reader::of_prior_years(std::uint32_t first, std::uint32_t last) {
    std::vector<std::pair<std::uint32_t, financial_year>> headed;
    std::optional<financial_year> of_table = year_of_titles_;
    for (std::uint32_t c = 1; c <= from.columns(); ++c) {
        const std::string heading = joined(first, last, c);
        if (heading.find_first_of("0123456789") == std::string::npos) continue;
        const std::optional<financial_year> year = words::year_written(heading);
        if (!year || !figures_below(from, last, c)) continue;
        headed.emplace_back(c, *year);
        if (!year_of_titles_ && (!of_table || *of_table < *year)) of_table = *year;
    }
    std::vector<std::uint32_t> out;
    for (const auto& [column, year] : headed)
        if (of_table && year < *of_table) out.push_back(column);
    return out;
}

block block_reader::read(std::uint32_t first, std::uint32_t last) {
    block b{first, last, 0, {}};
    const std::vector<std::uint32_t> prior = of_prior_years(first, last);
    for (std::uint32_t c = 1; c <= from.columns(); ++c) {
        if (std::find(prior.begin(), prior.end(), c) != prior.end()) continue;
        const std::vector<heading_line> own = lines(first, last, c);
        const field* best_field = nullptr;
        match best;
        for (std::size_t i = 0; i < kind.fields.size(); ++i) {
            if (own.empty() && !kind.fields[i].reads) continue;
            const match m = column_fit(own, kind.fields[i], i, fits);
            if (m.quality > best.quality) best = m, best_field = &kind.fields[i];
        }
        if (best_field != nullptr && best.quality >= least_fit) b.by_field[best_field->id].emplace_back(c, best);
    }
    for (auto& [id, columns] : b.by_field) {
        std::stable_sort(columns.begin(), columns.end(),
                         [](const auto& x, const auto& y) { return x.second.quality > y.second.quality; });
        b.score += columns.front().second.quality;
    }
    return b;
}

bool complete(const block& b, const shape& s) {
    for (std::size_t i = 1; i < s.fields.size(); ++i)
        if (s.fields[i].required && b.by_field.find(s.fields[i].id) == b.by_field.end()) return false;
    return true;
}

/// Rows that could be headings at all: at least two required fields are named in them, read alone or with the lines
/// below.
class heading_rows {
public:
    explicit heading_rows(block_reader& reader)
        : reader_(reader), kinds_(reader.from.rows() + 1),
          needed_(std::min<std::ptrdiff_t>(2, std::count_if(reader.kind.fields.begin(), reader.kind.fields.end(),
                                                            [](const field& f) { return f.required; }))) {
        const grid& g = reader.from;
        for (const workbook::cell& c : g.source().cells()) {
            const auto [row, column] = g.here(c);
            if (g.cell(row, column) == nullptr || (c.kind == workbook::cell_kind::blank && !c.has_formula)) continue;
            kinds& k = kinds_[row];
            const bool figure = may_be_amount(c);
            if (figure) k.figures = true;
            ++filled_;
            if (c.kind == workbook::cell_kind::blank) continue;
            ++(c.kind == workbook::cell_kind::text ? k.texts : k.others);
            k.pattern =
                k.pattern * 31 + 4 * std::uint64_t{column} + (c.kind == workbook::cell_kind::text ? 1 : 2) + figure;
        }
        next_figures_.assign(kinds_.size() + 1, UINT32_MAX);
        for (std::size_t row = kinds_.size(); row-- > 0;)
            next_figures_[row] = kinds_[row].figures ? static_cast<std::uint32_t>(row) : next_figures_[row + 1];
    }

    bool likely(std::uint32_t row) {
        if ((row > top_rows || filled_ > few_cells) && no_figures_follow(row)) return false;
        if (row > top_rows && continues_data(row)) return false;
        for (std::uint32_t last = row; last < row + most_heading_rows && last <= reader_.from.rows(); ++last) {
            if (last > row && is_blank(last) && heads_groups(row)) continue; // set apart from the line below
            if (!mostly_text(last)) return false;
            std::set<std::size_t> named;
            for (std::uint32_t c = 1; c <= reader_.from.columns(); ++c) {
                const std::string heading = reader_.joined(row, last, c);
                if (heading.empty()) continue;
                for (std::size_t i = 0; i < reader_.kind.fields.size(); ++i)
                    if (reader_.kind.fields[i].required && reader_.fits.of(heading, i) >= least_fit) named.insert(i);
            }
            if (static_cast<std::ptrdiff_t>(named.size()) >= needed_) return true;
            if (row > top_rows && named.empty()) return false;
        }
        return false;
    }

private:
    struct kinds {
        std::uint32_t texts = 0, others = 0;
        std::uint64_t pattern = 0; ///< which columns hold what
        bool figures = false;
    };

    static bool may_be_amount(const workbook::cell& c) {
        if (c.kind != workbook::cell_kind::text) return true;
        const unsigned char first = c.text.empty() ? '\0' : static_cast<unsigned char>(c.text.front());
        return (first >= '0' && first <= '9') || first >= 0x80 || first == '(' || first == '-' || first == ' ';
    }
    /// A table of amounts has one soon below its headings.
    bool no_figures_follow(std::uint32_t row) const {
        constexpr std::uint32_t soon = 60;
        const bool of_amounts = std::any_of(reader_.kind.fields.begin(), reader_.kind.fields.end(), [](const field& f) {
            return f.required && f.kind == field::holds::amount;
        });
        return of_amounts && next_figures_[row + 1] > row + soon;
    }
    /// A row with figures in the very columns of the row above is one of the same list.
    bool continues_data(std::uint32_t row) const {
        return kinds_[row].figures && kinds_[row].pattern == kinds_[row - 1].pattern;
    }

    /// Not a title, which stands alone or beside a unit.
    bool heads_groups(std::uint32_t row) const {
        return kinds_[row].texts >= 2 && !is_title_row(reader_.from, row, row + 2);
    }
    bool is_blank(std::uint32_t row) const { return kinds_[row].texts == 0 && kinds_[row].others == 0; }
    /// Figures are not headings; a year or a month among them may be.
    bool mostly_text(std::uint32_t row) const {
        return kinds_[row].texts > 0 && kinds_[row].texts >= kinds_[row].others;
    }

    block_reader& reader_;
    std::vector<kinds> kinds_;                ///< of cells, by row
    std::vector<std::uint32_t> next_figures_; ///< the first row from this one on that holds any
    std::size_t filled_ = 0;                  ///< cells; a sheet of few may be a template without figures yet
    static constexpr std::size_t few_cells = 2000;
    std::ptrdiff_t needed_;
};

/// A column that the mapping names is that field and no other.
void place_mapped_columns(const grid& g, const table_mapping& map, block& b) {
    constexpr int said_so = 1000;
    for (const auto& [id, column] : map.columns) {
        for (auto& [other, columns] : b.by_field)
            std::erase_if(columns, [taken = column](const auto& c) { return c.first == taken; });
        std::erase_if(b.by_field, [](const auto& entry) { return entry.second.empty(); });
        b.by_field[id] = {{column, match{said_so, joined_heading(g, b.first, b.last, column)}}};
        b.score += said_so;
    }
}

/// Whether the row heads every column that the mapping gives an amount, whatever its words are.
bool heads_mapped(block_reader& reader, const table_mapping& map, const shape& s, std::uint32_t row) {
    std::size_t amounts = 0;
    for (const field& f : s.fields)
        if (const auto said = map.columns.find(f.id); said != map.columns.end() && f.kind == field::holds::amount) {
            if (said->second > reader.from.columns() || !reader.heads_figures(row, said->second)) return false;
            ++amounts;
        }
    return amounts > 0;
}

/// Whether the row below a heading block is a further line of it: words, and no figure, in most of its amount columns.
bool reads_on(const grid& g, const block& b, const shape& s, const layout_options& options) {
    for (std::uint32_t c = 1; c <= g.columns() && options.known_label; ++c)
        if (options.known_label(g.text(b.last + 1, c))) return false;
    int words = 0, columns = 0;
    for (const field& f : s.fields) {
        const auto found = b.by_field.find(f.id);
        if (found == b.by_field.end() || f.kind != field::holds::amount) continue;
        ++columns;
        const std::string text = g.text(b.last + 1, found->second.front().first);
        if (text.empty() || parse_unit(text)) continue;
        if (g.is_number(b.last + 1, found->second.front().first)) return false;
        const result<written_amount> written = read_written(text);
        if (!written || written->kind != written_amount::what::text) return false;
        if (riskshare::detail::is_letter(text.front())) ++words;
    }
    return words >= 2 && 2 * words > columns;
}

/// No figure may stand in a row that is to be a heading of the columns found.
bool headings_only(const grid& g, const block& b, const shape& s) {
    for (const field& f : s.fields) {
        const auto found = b.by_field.find(f.id);
        if (found == b.by_field.end() || f.kind != field::holds::amount) continue;
        for (std::uint32_t row = b.first; row <= b.last; ++row)
            if (g.is_number(row, found->second.front().first)) return false;
    }
    return true;
}

} // namespace

int fit(std::string_view heading, const field& f) {
    return f.reads ? f.reads(std::string(heading)) : detail::fit_of_words(words_of(heading), f);
}

namespace detail {

int fit_of_words(const std::string& words, const field& f) {
    int best = 0;
    for (const std::string& wanted : f.headings) best = std::max(best, fit_words(words, wanted));
    if (best >= least_fit) return best;
    for (const std::string& wanted : f.weaker)
        if (fit_words(words, wanted) >= inside_fit) return least_fit;
    return best;
}

namespace {

/// "excl. PSF", "incl. PSF, FRF & MRET", "before centralised funding": it tells two control totals apart.
bool says_how_funded(const std::string& bracket) {
    const std::string words = words_of(bracket);
    const auto any = [&](std::initializer_list<const char*> these) {
        return std::any_of(these.begin(), these.end(), [&](const char* w) { return has_words(words, w); });
    };
    return any({"excl", "excluding", "exc", "ex", "before", "without", "pre", "incl", "including", "inc", "after",
                "with", "post"}) &&
           any({"psf", "frf", "mret", "stf", "funding", "psf/frf", "psf/frf/mret", "dsf", "deficit support"});
}

/// What stands in brackets is not the heading, unless it says how a control total is funded.
std::string without_brackets(const std::string& text) {
    std::string kept, bracket;
    int depth = 0;
    for (char c : text) {
        const bool opens = c == '(' || c == '[', closes = (c == ')' || c == ']') && depth > 0;
        depth += opens;
        if (depth == 0) kept += c;
        if (depth > 0 && !opens && !closes) bracket += c;
        depth -= closes;
        if (!closes || depth > 0) continue;
        if (says_how_funded(bracket)) kept += " " + bracket + " ";
        bracket.clear();
    }
    return kept;
}

/// The marks of a footnote: ¹ ² ³ ⁴ … † ‡.
void drop_footnote_marks(std::string& text) {
    for (const char* mark : {"¹", "²", "³", "⁰", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "†", "‡"})
        for (std::size_t i = text.find(mark); i != std::string::npos; i = text.find(mark))
            text.replace(i, std::strlen(mark), " ");
}

} // namespace

std::string words_of(std::string_view heading) {
    std::string kept = without_brackets(riskshare::detail::folded(heading));
    if (std::any_of(kept.begin(), kept.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        drop_footnote_marks(kept);
    const std::string_view pound = "£", code = "gbp";
    for (std::size_t i = kept.find(code); i != std::string::npos; i = kept.find(code, i + 1))
        kept.replace(i, code.size(), pound);
    for (std::size_t i = kept.find(pound); i != std::string::npos; i = kept.find(pound)) {
        std::size_t used = pound.size();
        riskshare::detail::unit_after_pound(std::string_view(kept).substr(i + pound.size()), used);
        kept.replace(i, used, " ");
    }
    for (std::size_t i = kept.find('&'); i != std::string::npos; i = kept.find('&')) kept.replace(i, 1, " and ");
    for (char& c : kept)
        if (c == ':' || c == ',' || c == '.' || c == '-' || c == '_' || c == '*' || c == '"' || c == ';' || c == '\'')
            c = ' ';
    return riskshare::detail::plain(kept);
}

bool has_words(const std::string& text, const std::string& words) {
    for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
        const std::size_t end = at + words.size();
        if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
    }
    return false;
}

std::string joined_heading(const grid& g, std::uint32_t first, std::uint32_t last, std::uint32_t column) {
    std::string joined, before;
    for (std::uint32_t row = first; row <= last; ++row) {
        std::string line = g.heading(row, column);
        if (line.empty() || parse_unit(line) || line == before) continue;
        joined += (joined.empty() ? "" : " ") + line;
        before = std::move(line);
    }
    return joined;
}

std::vector<block> find_heading_blocks(const grid& g, const shape& s, const layout_options& options) {
    block_reader reader(g, s);
    heading_rows candidates(reader);
    std::vector<block> blocks;
    for (std::uint32_t row = 1; row <= g.rows(); ++row) {
        if (options.map.heading_row && row != *options.map.heading_row) continue;
        if (!options.map.heading_row && !candidates.likely(row) && !heads_mapped(reader, options.map, s, row)) continue;
        block best;
        const std::uint32_t floor = blocks.empty() ? 0 : blocks.back().last;
        for (std::uint32_t height = 1; height <= most_heading_rows; ++height)
            for (std::uint32_t first = row + 1 > height ? row + 1 - height : 1; first <= row; ++first) {
                const std::uint32_t last = first + height - 1;
                if (first <= floor || last > g.rows()) continue;
                if (options.map.heading_row && last != row) continue;
                block b = reader.read(first, last);
                place_mapped_columns(g, options.map, b);
                if (!complete(b, s) || !headings_only(g, b, s)) continue;
                if (b.score > best.score) best = std::move(b);
            }
        if (best.score == 0) continue;
        while (!options.map.heading_row && best.last - best.first < most_heading_rows &&
               reads_on(g, best, s, options)) {
            block longer = reader.read(best.first, best.last + 1);
            place_mapped_columns(g, options.map, longer);
            if (complete(longer, s))
                best = std::move(longer);
            else
                ++best.last;
        }
        row = best.last;
        blocks.push_back(std::move(best));
    }
    return blocks;
}

} // namespace detail

} // namespace riskshare::templates
