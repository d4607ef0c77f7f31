#include "template/heading_block.hpp"

#include <riskshare/organisation.hpp>

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <set>
#include <unordered_map>

namespace riskshare::templates {

namespace {

using detail::block;
using detail::has_words;
using detail::joined_heading;
using detail::least_fit;
using detail::match;
using detail::words_of;

constexpr std::uint32_t most_heading_rows = 3;
constexpr int same_fit = 100, plural_fit = 97, joined_fit = 98, misspelt_fit = 88; // of a heading to a field
constexpr int leading_fit = 80, inside_fit = 70;                                   // among more words

int fit_words(const std::string& text, const std::string& wanted) {
    if (text.empty() || wanted.empty()) return 0;
    if (text == wanted) return same_fit;
    if (text == wanted + "s" || text + "s" == wanted) return plural_fit;
    std::string joined = text, wanted_joined = wanted;
    std::erase(joined, ' ');
    std::erase(wanted_joined, ' ');
    if (joined == wanted_joined) return joined_fit;
    if (wanted.size() >= 4) {
        const std::size_t allowed = wanted.size() / 6 + 1;
        const std::size_t longer = std::max(text.size(), wanted.size()), shorter = std::min(text.size(), wanted.size());
        if (longer - shorter <= allowed && riskshare::detail::slips(text, wanted) <= allowed) return misspelt_fit;
    }
    const bool doubled = wanted.size() == 3 && text.size() == 4 && riskshare::detail::slips(text, wanted) == 1;
    if (doubled && std::unique(joined.begin(), joined.end()) != joined.end()) return misspelt_fit; // "Redd"
    if (wanted.size() < 2) return 0; // a single letter must stand alone
    if (text.rfind(wanted + " ", 0) == 0) return leading_fit;
    if (has_words(text, wanted)) return text.size() > 6 * wanted.size() ? least_fit : inside_fit;
    return 0;
}

/// One column's heading lines within a block of rows, without units on their own and the repetition that merging makes.
struct heading_line {
    std::string text;
    bool shared; ///< merged over several columns: it heads a group
};

std::vector<heading_line> heading_lines(const grid& g, std::uint32_t first, std::uint32_t last, std::uint32_t column) {
    std::vector<heading_line> lines;
    for (std::uint32_t row = first; row <= last; ++row) {
        std::string line = g.heading(row, column);
        if (line.empty() || parse_unit(line) || (!lines.empty() && lines.back().text == line)) continue;
        const bool shared = (column > 1 && g.heading(row, column - 1) == line) || g.heading(row, column + 1) == line;
        lines.push_back({std::move(line), shared});
    }
    return lines;
}

/// How well column `c` of a heading block fits a field: by its lowest line, or by that line read on from those above
/// it. What a group's heading says alone, it says of every column of the group.
match column_fit(const grid& g, std::uint32_t first, std::uint32_t last, std::uint32_t c, const field& f) {
    const std::vector<heading_line> lines = heading_lines(g, first, last, c);
    match best;
    if (f.reads) {
        for (const heading_line& line : lines) best.heading += (best.heading.empty() ? "" : "\n") + line.text;
        best.quality = f.reads(best.heading);
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
        const int quality = fit(read_on, f);
        const bool said_by_group = !lowest && quality < misspelt_fit && fit(upper, f) >= quality;
        if (said_by_group && (group || quality <= inside_fit)) continue;
        if (quality >= best.quality) best = {quality, {}};
    }
    best.heading = read_on;
    return best;
}

/// Reads rows first..last as headings: which columns fit which fields best.
block read_block(const grid& g, const shape& s, std::uint32_t first, std::uint32_t last) {
    block b{first, last, 0, {}};
    for (std::uint32_t c = 1; c <= g.columns(); ++c) {
        const field* best_field = nullptr;
        match best;
        for (const field& f : s.fields) {
            const match m = column_fit(g, first, last, c, f);
            if (m.quality > best.quality) best = m, best_field = &f;
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
    heading_rows(const grid& g, const shape& s) : grid_(g), shape_(s) {}

    bool likely(std::uint32_t row) {
        if (!mostly_text(row)) return false;
        for (std::uint32_t last = row; last < row + most_heading_rows && last <= grid_.rows(); ++last) {
            if (last > row && !mostly_text(last)) return false;
            std::set<std::string> named;
            for (std::uint32_t c = 1; c <= grid_.columns(); ++c)
                for (const std::string& id : fields_named(joined_heading(grid_, row, last, c))) named.insert(id);
            if (named.size() >= std::min<std::size_t>(2, required())) return true;
        }
        return false;
    }

private:
    /// Figures are not headings; a year or a month among them may be.
    bool mostly_text(std::uint32_t row) {
        const auto [at, fresh] = mostly_text_.try_emplace(row, false);
        if (!fresh) return at->second;
        std::uint32_t texts = 0, numbers = 0;
        for (std::uint32_t c = 1; c <= grid_.columns(); ++c) {
            const workbook::cell* cell = grid_.cell(row, c);
            if (cell == nullptr || cell->kind == workbook::cell_kind::blank) continue;
            ++(cell->kind == workbook::cell_kind::text ? texts : numbers);
        }
        return at->second = texts > 0 && texts >= numbers;
    }
    const std::vector<std::string>& fields_named(const std::string& heading) {
        const auto [at, fresh] = known_.try_emplace(heading);
        if (fresh && !heading.empty())
            for (const field& f : shape_.fields)
                if (f.required && fit(heading, f) >= least_fit) at->second.push_back(f.id);
        return at->second;
    }
    std::size_t required() const {
        return static_cast<std::size_t>(
            std::count_if(shape_.fields.begin(), shape_.fields.end(), [](const field& f) { return f.required; }));
    }
    const grid& grid_;
    const shape& shape_;
    std::unordered_map<std::string, std::vector<std::string>> known_;
    std::unordered_map<std::uint32_t, bool> mostly_text_;
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
    if (f.reads) return f.reads(std::string(heading));
    const std::string words = words_of(heading);
    int best = 0;
    for (const std::string& wanted : f.headings) best = std::max(best, fit_words(words, wanted));
    if (best >= least_fit) return best;
    for (const std::string& wanted : f.weaker)
        if (fit_words(words, wanted) >= inside_fit) return least_fit;
    return best;
}

namespace detail {

namespace {

/// "excl. PSF", "incl. PSF, FRF & MRET", "before centralised funding": it tells two control totals apart.
bool says_how_funded(const std::string& bracket) {
    const std::string words = words_of(bracket);
    const auto any = [&](std::initializer_list<const char*> these) {
        return std::any_of(these.begin(), these.end(), [&](const char* w) { return has_words(words, w); });
    };
    return any({"excl", "excluding", "exc", "ex", "before", "without", "pre", "incl", "including", "inc", "after",
                "with", "post"}) &&
           any({"psf", "frf", "mret", "stf", "funding", "psf/frf", "psf/frf/mret"});
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
    return (" " + text + " ").find(" " + words + " ") != std::string::npos;
}

std::string joined_heading(const grid& g, std::uint32_t first, std::uint32_t last, std::uint32_t column) {
    std::string joined;
    for (const heading_line& line : heading_lines(g, first, last, column))
        joined += (joined.empty() ? "" : " ") + line.text;
    return joined;
}

std::vector<block> find_heading_blocks(const grid& g, const shape& s, const layout_options& options) {
    heading_rows candidates(g, s);
    std::vector<block> blocks;
    for (std::uint32_t row = 1; row <= g.rows(); ++row) {
        if (options.map.heading_row && row != *options.map.heading_row) continue;
        if (!options.map.heading_row && !candidates.likely(row)) continue;
        block best;
        const std::uint32_t floor = blocks.empty() ? 0 : blocks.back().last;
        for (std::uint32_t height = 1; height <= most_heading_rows; ++height)
            for (std::uint32_t first = row + 1 > height ? row + 1 - height : 1; first <= row; ++first) {
                const std::uint32_t last = first + height - 1;
                if (first <= floor || last > g.rows()) continue;
                if (options.map.heading_row && last != row) continue;
                block b = read_block(g, s, first, last);
                place_mapped_columns(g, options.map, b);
                if (!complete(b, s) || !headings_only(g, b, s)) continue;
                if (b.score > best.score) best = std::move(b);
            }
        if (best.score == 0) continue;
        while (!options.map.heading_row && best.last - best.first < most_heading_rows &&
               reads_on(g, best, s, options)) {
            block longer = read_block(g, s, best.first, best.last + 1);
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
