#include "template/tracker_headings.hpp"

#include "template/tracker_context.hpp"
#include "template/tracker_words.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

std::optional<month_label> month_in(const grid& g, std::uint32_t row, std::uint32_t column, bool from_1904) {
    const workbook::cell* c = g.cell(row, column);
    if (c == nullptr || c->kind != workbook::cell_kind::number || !g.source().is_date(*c)) return std::nullopt;
    const result<workbook::calendar_date> d = workbook::date_of_serial(c->text, from_1904);
    if (!d) return std::nullopt;
    return month_label{period_of(d->year, d->month).month, d->year};
}

const tracker_column* heading_block::column(const std::string& id) const {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const tracker_column& c) { return c.id == id; });
    return found == columns.end() ? nullptr : &*found;
}

bool heading_block::has_months() const {
    return std::any_of(columns.begin(), columns.end(),
                       [](const tracker_column& c) { return c.id.find("_m") != std::string::npos && c.id != "_m"; });
}

int display_scale(std::string_view format) {
    const std::string_view positive = format.substr(0, format.find(';'));
    int scale = 0;
    bool digit_seen = false;
    for (std::size_t i = 0; i < positive.size(); ++i) {
        if (positive[i] == '0' || positive[i] == '#') digit_seen = true;
        if (positive[i] != ',' || !digit_seen) continue;
        std::size_t end = i;
        while (end < positive.size() && positive[end] == ',') ++end;
        const bool separates = end < positive.size() && (positive[end] == '0' || positive[end] == '#');
        if (!separates) scale = 3 * static_cast<int>(end - i);
        i = end - 1;
    }
    return scale;
}

namespace {

constexpr std::uint32_t most_heading_rows = 4;
constexpr std::uint32_t least_recognised = 3; // cells in a row that make it look like headings
constexpr int least_fit = 80;

/// Merged headings looked up by their cells, so that a wide sheet costs one pass.
class merged_text {
public:
    explicit merged_text(const grid& g) : grid_(g) {}
    std::string operator()(std::uint32_t row, std::uint32_t column) const {
        std::string own = grid_.text(row, column);
        return own.empty() ? grid_.heading(row, column) : own;
    }

private:
    const grid& grid_;
};

bool is_field_heading(const std::string& heading) {
    static const std::set<std::string> known = [] {
        std::set<std::string> out;
        for (const field& f : tracker_fields())
            for (const std::string& h : f.headings) out.insert(tidied(h));
        return out;
    }();
    return known.count(tidied(heading)) != 0;
}

/// Cells of a row that read like headings. Rows full of plain numbers are no headings.
std::size_t recognised_in(const grid& g, std::uint32_t row, bool from_1904) {
    std::size_t recognised = 0, numbers = 0;
    std::set<int> dates, counted;
    int last_whole = 0;
    for (const workbook::cell& c : g.source().row(row)) {
        if (c.kind == workbook::cell_kind::number) {
            if (const std::optional<month_label> m = month_in(g, row, c.at.column, from_1904))
                dates.insert(m->month.number());
            else if (c.text == std::to_string(last_whole % 12 + 1))
                counted.insert(last_whole = last_whole % 12 + 1);
            else if (++numbers > 4)
                return 0;
        } else if (c.kind == workbook::cell_kind::text && c.text.size() < 80) {
            if (meaning_of(c.text) || is_field_heading(c.text)) ++recognised;
        }
    }
    if (dates.size() >= 3) recognised += dates.size();
    if (counted.size() == 12) recognised += 12;
    return recognised;
}

bool is_unit_row(const grid& g, std::uint32_t row) {
    bool any = false;
    for (const workbook::cell& c : g.source().row(row)) {
        if (c.kind == workbook::cell_kind::blank || text::plain(c.text).empty()) continue;
        if (c.kind != workbook::cell_kind::text || !parse_unit(c.text)) return false;
        any = true;
    }
    return any;
}

/// What the headings over one column say together.
struct column_reading {
    std::string joined;
    std::string field;
    int fit = 0;
    std::optional<month_label> month = {};
    std::optional<amount_kind> kind = {};
    std::uint32_t month_row = 0, kind_row = 0, year_row = 0;
    bool year = false, to_date = false, quarter = false, other = false;
    bool month_inside = false; ///< a line that is not understood names a month
    std::optional<riskshare::unit> unit = {};
};

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
        if (quality >= least_fit) best = std::max(best, quality * 100 - static_cast<int>(i));
    }
    return best;
}

class block_reader {
public:
    block_reader(const grid& g, bool from_1904, std::uint32_t first, std::uint32_t last)
        : grid_(g), heading_(g), from_1904_(from_1904), first_(first), last_(last) {}

    heading_block read(const table_mapping* map) {
        heading_block b;
        b.first = first_;
        b.last = last_;
        numbered_row_ = row_of_counted_months();
        std::vector<column_reading> columns;
        for (std::uint32_t c = 1; c <= grid_.columns(); ++c) columns.push_back(read_column(c));
        carry_rightwards(columns);
        settle_fields(columns, b);
        settle_amounts(columns, b);
        if (map != nullptr) apply(*map, b);
        std::sort(b.columns.begin(), b.columns.end(),
                  [](const tracker_column& x, const tracker_column& y) { return x.column < y.column; });
        return b;
    }

private:
    /// 1 to 12 in one row: months without a word.
    std::uint32_t row_of_counted_months() const {
        for (std::uint32_t r = first_; r <= last_; ++r) {
            int next = 1;
            for (const workbook::cell& c : grid_.source().row(r))
                if (c.kind == workbook::cell_kind::number && !grid_.source().is_date(c) &&
                    c.text == std::to_string(next > 12 ? 1 : next))
                    next = next > 12 ? 2 : next + 1;
            if (next > 12) return r;
        }
        return 0;
    }

    column_reading read_column(std::uint32_t c) const {
        column_reading out;
        std::string before;
        for (std::uint32_t r = first_; r <= last_; ++r) {
            if (const std::optional<month_label> m = month_in(grid_, r, c, from_1904_)) {
                out.month = m, out.month_row = r;
                out.joined += (out.joined.empty() ? "" : " ") + std::string(month_name(m->month));
                continue;
            }
            if (r == numbered_row_ && grid_.is_number(r, c)) {
                if (const result<month_label> m = parse_month("m" + grid_.text(r, c)))
                    out.month = *m, out.month_row = r;
                continue;
            }
            const std::string line = heading_(r, c);
            if (line.empty() || line == before) continue;
            before = line;
            out.joined += (out.joined.empty() ? "" : " ") + line;
            take_line(out, line, r);
        }
        find_field(out, c);
        return out;
    }

    void take_line(column_reading& out, const std::string& line, std::uint32_t row) const {
        const std::vector<riskshare::unit> units = units_in(line);
        if (const std::optional<riskshare::unit> u = parse_unit(line))
            out.unit = u;
        else if (units.size() == 1)
            out.unit = units.front();
        if (parse_unit(line)) return;
        const std::optional<line_meaning> m = meaning_of(line);
        if (!m) {
            out.other = true;
            out.month_inside |= month_of_title(line).has_value();
            return;
        }
        if (m->month) out.month = m->month, out.month_row = row;
        if (m->kind) out.kind = m->kind, out.kind_row = row;
        if (m->year) out.year = true, out.year_row = row;
        out.to_date |= m->to_date, out.quarter |= m->quarter;
    }

    void find_field(column_reading& out, std::uint32_t c) const {
        if (out.joined.empty() || out.month) return;
        std::vector<std::string> lines{out.joined};
        for (std::uint32_t r = first_; r <= last_; ++r)
            if (const std::string line = heading_(r, c); !line.empty() && line != out.joined) lines.push_back(line);
        for (const field& f : tracker_fields())
            for (const std::string& line : lines) {
                // A heading that reads wholly as plan, actual or a period is no field, unless to the letter.
                const int quality = best_fit(line, f);
                if (quality > out.fit && (!meaning_of(line) || quality >= 9'800)) out.fit = quality, out.field = f.id;
            }
        if (!out.field.empty() && !out.other && out.fit < 9'700) out.field.clear(), out.fit = 0;
    }

    /// A group's heading that stands over its first column only, without merging, holds for those to its right.
    void carry_rightwards(std::vector<column_reading>& columns) const {
        std::optional<amount_kind> kind;
        std::optional<month_label> month;
        std::optional<riskshare::unit> unit;
        std::uint32_t kind_row = 0, month_row = 0;
        bool to_date = false;
        for (column_reading& c : columns) {
            if (!c.field.empty() || (c.other && !c.month && !c.kind)) {
                kind.reset(), month.reset(), unit.reset(), to_date = false;
                continue;
            }
            if (c.kind && (!c.month || c.kind_row < c.month_row) && c.kind_row < last_)
                kind = c.kind, kind_row = c.kind_row, unit = c.unit, to_date = c.to_date;
            if (c.month && (!c.kind || c.month_row < c.kind_row) && c.month_row < last_)
                month = c.month, month_row = c.month_row;
            // A banner such as "2019/20" above the months ends none of them.
            const bool whole_year = c.year && c.year_row >= month_row;
            if (whole_year && !c.month) month.reset();
            if (!c.kind && kind && (c.month ? kind_row < c.month_row : c.year || c.quarter)) {
                c.kind = kind, c.kind_row = kind_row;
                c.to_date |= to_date;
                if (!c.unit) c.unit = unit;
            }
            if (!c.month && c.kind && month && !whole_year && !c.to_date && month_row < c.kind_row)
                c.month = month, c.month_row = month_row;
        }
    }

    void settle_fields(const std::vector<column_reading>& columns, heading_block& b) const {
        for (const field& f : tracker_fields()) {
            std::uint32_t best = 0, rival = 0;
            for (std::uint32_t c = 1; c <= columns.size(); ++c) {
                if (columns[c - 1].field != f.id) continue;
                if (best == 0 || columns[c - 1].fit > columns[best - 1].fit)
                    best = c, rival = 0;
                else if (columns[c - 1].fit == columns[best - 1].fit)
                    rival = c;
            }
            if (best == 0) continue;
            b.columns.push_back({f.id, best, columns[best - 1].joined, columns[best - 1].unit});
            if (rival != 0 && (f.id == "rating" || f.id == "full_year_effect"))
                b.findings.push_back(
                    {"tracker.ambiguous_column",
                     severity::error,
                     "two columns are headed \"" + columns[best - 1].joined + "\"; both may be the " + f.id,
                     {grid_.at(last_, best), grid_.at(last_, rival)},
                     "say which in a mapping file: [tracker] columns = { " + f.id + " = \"" + column_letters(best) +
                         "\" }"});
        }
    }

    bool has_amounts(std::uint32_t column) const {
        constexpr std::uint32_t looked_at = 12;
        for (std::uint32_t r = last_ + 1; r <= std::min(grid_.rows(), last_ + looked_at); ++r)
            if (grid_.is_number(r, column) && !grid_.source().is_date(*grid_.cell(r, column))) return true;
        return false;
    }

    static const char* name_of(amount_kind k) {
        return k == amount_kind::plan ? "plan" : k == amount_kind::actual ? "actual" : "forecast";
    }

    /// Two columns that may both be one figure, said once for each pair of blocks.
    struct conflict {
        std::string id;
        std::uint32_t first = 0, second = 0;
        std::size_t count = 0;
    };

    void say(const conflict& c, const std::vector<column_reading>& columns, heading_block& b) const {
        b.findings.push_back(
            {"tracker.ambiguous_column",
             severity::error,
             "two columns may both be " + c.id + ": \"" + columns[c.first - 1].joined + "\" and \"" +
                 columns[c.second - 1].joined + "\"" +
                 (c.count > 1 ? "; " + std::to_string(c.count - 1) + " more pairs are like it" : ""),
             {grid_.at(last_, c.first), grid_.at(last_, c.second)},
             "give the blocks of months headings such as Plan and Actual, or say which columns they are in a mapping: "
             "[tracker] columns = { " +
                 c.id + " = \"" + column_letters(c.first) + "\" }"});
    }

    void settle_amounts(const std::vector<column_reading>& columns, heading_block& b) const {
        std::map<std::string, std::uint32_t> seen;
        std::map<std::string, conflict> conflicts;
        std::vector<std::uint32_t> not_understood;
        std::map<amount_kind, std::vector<std::uint32_t>> cumulative; // columns of months to date
        for (std::uint32_t c = 1; c <= columns.size(); ++c) {
            const column_reading& r = columns[c - 1];
            if (r.month && r.to_date && r.kind && r.kind != amount_kind::variance) cumulative[*r.kind].push_back(c);
        }
        for (std::uint32_t c = 1; c <= columns.size(); ++c) {
            const column_reading& r = columns[c - 1];
            if (!r.field.empty() || r.quarter || r.kind == amount_kind::variance) continue;
            if (r.month_inside && !r.month && has_amounts(c)) {
                not_understood.push_back(c);
                continue;
            }
            if (r.month && !r.to_date) {
                const int year = r.month->calendar_year.value_or(0);
                const int first = year == 0 ? 0 : year - (r.month->month.number() > 9 ? 1 : 0);
                if (first != 0 && !b.first_year) b.first_year = first;
                if (first != 0 && first != *b.first_year) continue; // another year's months
            }
            if (r.month && r.to_date && r.kind && cumulative[*r.kind].size() > 1) continue; // said below
            std::string id;
            if (r.month && !r.to_date)
                id =
                    std::string(r.kind ? name_of(*r.kind) : "unnamed") + "_m" + std::to_string(r.month->month.number());
            else if (r.kind && r.to_date)
                // What a block of forecasts has come to is what was delivered.
                id = *r.kind == amount_kind::plan ? "plan_to_date" : "actual_to_date";
            else if (r.kind && !r.other && !r.month)
                id = std::string(name_of(*r.kind)) + "_year";
            else
                continue;
            const auto [there, fresh] = seen.emplace(id, c);
            if (fresh) {
                b.columns.push_back({id, c, r.joined, r.unit});
            } else if (id.find("_m") != std::string::npos) {
                conflict& known =
                    conflicts.try_emplace(id.substr(0, id.find('_')), conflict{id, there->second, c}).first->second;
                ++known.count;
            }
        }
        for (const auto& known : conflicts) say(known.second, columns, b);
        for (const auto& [kind, at] : cumulative)
            if (at.size() > 1 && seen.count(std::string(name_of(kind)) + "_m1") == 0)
                b.findings.push_back({"tracker.cumulative_months",
                                      severity::warning,
                                      std::to_string(at.size()) + " columns such as \"" +
                                          columns[at.front() - 1].joined +
                                          "\" run up over the months; they were not read",
                                      {grid_.at(last_, at.front())},
                                      "give each month's own figures"});
        if (!not_understood.empty()) {
            const std::uint32_t c = not_understood.front();
            b.findings.push_back({"tracker.column_not_read",
                                  severity::warning,
                                  "\"" + columns[c - 1].joined + "\" names a month and was not understood" +
                                      (not_understood.size() > 1
                                           ? ", like " + std::to_string(not_understood.size() - 1) + " more columns"
                                           : "") +
                                      "; it was not read",
                                  {grid_.at(last_, c)},
                                  "if it is plan, actual or forecast, place it in a mapping: [tracker] columns = { "
                                  "plan_m1 = \"" +
                                      column_letters(c) + "\" }"});
        }
    }

    void apply(const table_mapping& map, heading_block& b) const {
        for (const auto& [id, column] : map.columns) {
            std::erase_if(b.columns, [&, wanted = id, where = column](const tracker_column& c) {
                return c.id == wanted || c.column == where;
            });
            const auto heading = column <= grid_.columns() ? heading_(last_, column) : std::string();
            b.columns.push_back({id, column, heading, map.unit});
        }
        if (!map.columns.empty())
            std::erase_if(b.findings, [](const finding& f) { return f.rule == "tracker.ambiguous_column"; });
        if (map.unit)
            for (tracker_column& c : b.columns) c.unit = map.unit;
    }

    const grid& grid_;
    merged_text heading_;
    bool from_1904_;
    std::uint32_t first_, last_, numbered_row_ = 0;
};

bool heads_schemes(const heading_block& b) {
    return (b.column("name") != nullptr || b.column("reference") != nullptr) &&
           std::any_of(b.columns.begin(), b.columns.end(), [](const tracker_column& c) {
               return c.id.rfind("plan_", 0) == 0 || c.id.rfind("actual_", 0) == 0 || c.id.rfind("forecast_", 0) == 0 ||
                      c.id.rfind("unnamed_", 0) == 0;
           });
}

} // namespace

std::vector<heading_block> heading_blocks(const grid& g, bool from_1904, const table_mapping* map) {
    std::vector<heading_block> out;
    if (map != nullptr && map->heading_row) {
        const std::uint32_t last = *map->heading_row, first = last > 2 ? last - 2 : 1;
        out.push_back(block_reader(g, from_1904, first, last).read(map));
        return out;
    }
    const std::uint32_t rows = g.rows();
    for (std::uint32_t r = 1; r <= rows; ++r) {
        if (g.source().row(r).size() < least_recognised || recognised_in(g, r, from_1904) < least_recognised) continue;
        std::uint32_t first = r, last = r;
        while (first > 1 && r - first < 2 && recognised_in(g, first - 1, from_1904) >= 1) --first;
        while (last + 1 <= rows && last + 1 - first < most_heading_rows &&
               (recognised_in(g, last + 1, from_1904) >= least_recognised || is_unit_row(g, last + 1)))
            ++last;
        heading_block b = block_reader(g, from_1904, first, last).read(map);
        if (heads_schemes(b)) {
            out.push_back(std::move(b));
            r = last;
        }
    }
    return out;
}

} // namespace riskshare::templates::detail
