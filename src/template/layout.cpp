#include <riskshare/template/layout.hpp>

#include "template/heading_block.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::templates {

using detail::block;
using detail::has_words;
using detail::joined_heading;
using detail::match;
using detail::words_of;

bool names_a_total(std::string_view label) {
    const std::string words = words_of(label);
    for (const char* whole : {"all", "system", "sum", "overall", "grand", "all organisations", "net position"})
        if (words == whole) return true;
    for (const char* word : {"total", "totals", "subtotal", "subtotals"})
        if (has_words(words, word)) return true;
    return words == "totl" || words == "toatl" || words == "tota";
}

const found_column* found_table::column(std::string_view wanted) const {
    for (const found_column& c : columns)
        if (c.field == wanted) return &c;
    return nullptr;
}

provenance found_table::at() const { return grid.at(first_heading, columns.empty() ? 1 : columns.front().column); }

std::string describe(const found_table& t) {
    std::uint32_t left = UINT32_MAX, right = 0;
    for (const found_column& c : t.columns) left = std::min(left, c.column), right = std::max(right, c.column);
    const std::uint32_t bottom = t.rows.empty() ? t.last_heading : t.rows.back().row;
    std::string units, columns;
    std::set<unit> seen;
    for (const found_column& c : t.columns) {
        if (c.unit && seen.insert(*c.unit).second) units += (units.empty() ? "" : " and ") + to_string(*c.unit);
        if (c.field.empty()) continue;
        columns += (columns.empty() ? "" : ", ") + c.field + " " +
                   (t.grid.is_transposed() ? std::to_string(c.column) : column_letters(c.column));
    }
    const auto count = [&](row_kind k) {
        return std::count_if(t.rows.begin(), t.rows.end(), [&](const found_row& r) { return r.kind == k; });
    };
    return t.shape + " in " + to_string(t.grid.at(t.first_heading, left)) + ":" + t.grid.at(bottom, right).cell() +
           (units.empty() ? "" : ", " + units) + ": " + columns + "; " + std::to_string(count(row_kind::data)) +
           " rows, " + std::to_string(count(row_kind::total)) + " totals";
}

namespace {

constexpr std::uint32_t most_blank_rows = 3; // a wider gap ends a table

bool is_unit_text(const std::string& text) { return parse_unit(text).has_value(); }

/// Builds one table from its heading block.
class table_reader {
public:
    table_reader(const grid& g, const shape& s, const layout_options& o, std::vector<finding>& findings)
        : grid_(g), shape_(s), options_(o), findings_(findings) {}

    /// Nothing when the columns can be read in two ways; the finding says so.
    std::optional<found_table> read(const block& b, std::uint32_t limit) {
        found_table t{grid_, shape_.name, b.first, b.last, {}, {}};
        if (!choose_columns(b, t)) return std::nullopt;
        if (options_.map.last_row) limit = std::min(limit, *options_.map.last_row);
        std::uint32_t row = b.last + 1;
        std::map<std::uint32_t, unit> unit_row;
        while (row <= limit && is_unit_row(row, t, unit_row)) ++row;
        find_rows(row, limit, t);
        if (t.rows.empty()) return std::nullopt;
        if (!choose_units(b, unit_row, t)) return std::nullopt;
        add_unread_columns(b, t);
        return t;
    }

private:
    bool choose_columns(const block& b, found_table& t) {
        for (const field& f : shape_.fields) {
            const auto found = b.by_field.find(f.id);
            if (found == b.by_field.end()) continue;
            const auto& columns = found->second;
            // A merged heading repeats over its columns: only the column with figures below it counts.
            std::vector<std::pair<std::uint32_t, match>> best;
            for (const auto& c : columns)
                if (c.second.quality == columns.front().second.quality) best.push_back(c);
            if (best.size() > 1 && f.kind == field::holds::amount) {
                std::vector<std::pair<std::uint32_t, match>> filled;
                for (const auto& c : best)
                    if (has_figures(b.last + 1, c.first)) filled.push_back(c);
                if (!filled.empty()) best = filled;
            }
            if (best.size() > 1 && f.kind == field::holds::amount) {
                if (!f.required) continue;
                finding what{"table.ambiguous_column",
                             severity::error,
                             "two columns could be " + f.id + " in the table of " + shape_.name + ": \"" +
                                 best[0].second.heading + "\" and \"" + best[1].second.heading + "\"",
                             {grid_.at(b.last, best[0].first), grid_.at(b.last, best[1].first)},
                             "say which in a mapping file (--map)"};
                findings_.push_back(std::move(what));
                return false;
            }
            t.columns.push_back({f.id, best.front().first, best.front().second.heading});
        }
        if (t.column(shape_.fields.front().id) == nullptr) add_label_column(b, t);
        return t.column(shape_.fields.front().id) != nullptr;
    }

    bool has_figures(std::uint32_t first, std::uint32_t column) const {
        for (std::uint32_t row = first; row <= std::min(grid_.rows(), first + 60); ++row)
            if (grid_.is_number(row, column)) return true;
        return false;
    }

    /// Labels without a heading stand in the nearest column to the left that has texts beside the figures.
    void add_label_column(const block& b, found_table& t) {
        std::uint32_t first_amount = UINT32_MAX;
        for (const found_column& c : t.columns) first_amount = std::min(first_amount, c.column);
        if (first_amount == UINT32_MAX) return;
        std::uint32_t best = 0, most = 0;
        for (std::uint32_t c = 1; c < first_amount; ++c) {
            std::uint32_t texts = 0;
            for (std::uint32_t row = b.last + 1; row <= std::min(grid_.rows(), b.last + 40); ++row)
                if (!grid_.blank(row, c) && !grid_.is_number(row, c) && !is_unit_text(grid_.text(row, c))) ++texts;
            if (texts >= most && texts > 0) best = c, most = texts;
        }
        if (best != 0) t.columns.insert(t.columns.begin(), {shape_.fields.front().id, best, ""});
    }

    bool is_amount(const found_column& c) const {
        for (const field& f : shape_.fields)
            if (f.id == c.field) return f.kind == field::holds::amount;
        return false;
    }

    bool is_unit_row(std::uint32_t row, const found_table& t, std::map<std::uint32_t, unit>& units) const {
        std::map<std::uint32_t, unit> here;
        for (const found_column& c : t.columns) {
            if (!is_amount(c)) continue;
            const std::string text = grid_.heading(row, c.column);
            if (text.empty()) continue;
            const std::optional<unit> u = parse_unit(text);
            if (!u || grid_.is_number(row, c.column)) return false;
            here[c.column] = *u;
        }
        if (here.empty()) return false;
        units.insert(here.begin(), here.end());
        return true;
    }

    void find_rows(std::uint32_t row, std::uint32_t limit, found_table& t) {
        const std::uint32_t label_column = t.column(shape_.fields.front().id)->column;
        std::uint32_t blanks = 0;
        bool after_total = false;
        for (; row <= limit; ++row) {
            if (listed(options_.map.ignored_rows, row)) continue;
            bool any = false, any_below = false;
            for (const found_column& c : t.columns) {
                if (c.column == label_column || grid_.blank(row, c.column)) continue;
                (is_amount(c) ? any : any_below) = true;
            }
            const std::string label = grid_.text(row, label_column);
            if (!any) {
                if (after_total && t.rows.size() > 1) break;
                if (label.empty() && !any_below && ++blanks > most_blank_rows) break;
                if (!label.empty() && known(label))
                    t.rows.push_back({row, label}); // a known body with no figure at all
                continue;
            }
            blanks = 0;
            found_row found{row, label};
            classify(found, t);
            if (after_total && found.kind == row_kind::data && !known(label)) {
                findings_.push_back({"table.after_total",
                                     severity::note,
                                     "the row \"" + label + "\" stands below the total and was not read",
                                     {grid_.at(row, label_column)}});
                continue;
            }
            if (found.kind == row_kind::total && !is_sub_total(found.label) && !t.rows.empty()) after_total = true;
            t.rows.push_back(std::move(found));
        }
    }

    static bool listed(const std::vector<std::uint32_t>& rows, std::uint32_t row) {
        return std::find(rows.begin(), rows.end(), row) != rows.end();
    }

    bool known(const std::string& label) const { return options_.known_label && options_.known_label(label); }

    static bool is_sub_total(const std::string& label) {
        const std::string words = words_of(label);
        return has_words(words, "sub total") || has_words(words, "subtotal") || has_words(words, "sub");
    }

    void classify(found_row& r, const found_table& t) const {
        if (listed(options_.map.total_rows, r.row)) {
            r.kind = row_kind::total;
            r.why = "the mapping";
            return;
        }
        const std::string words = words_of(r.label);
        if (words.rfind("of which", 0) == 0 || words.rfind("including", 0) == 0 || words.rfind("memo", 0) == 0) {
            r.kind = row_kind::of_which;
            return;
        }
        if (known(r.label)) return;
        if (names_a_total(r.label)) {
            r.kind = row_kind::total;
            r.why = "its label";
        } else if (sums_rows_above(r, t)) {
            r.kind = row_kind::total;
            r.why = "its figures are the sum of the rows above";
        }
    }

    /// Every figure of the row is the sum of the data rows since the last total; at least two rows and two columns.
    bool sums_rows_above(const found_row& r, const found_table& t) const {
        std::vector<std::uint32_t> parts;
        for (auto row = t.rows.rbegin(); row != t.rows.rend() && row->kind != row_kind::total; ++row)
            if (row->kind == row_kind::data) parts.push_back(row->row);
        if (parts.size() < 2) return false;
        int columns = 0;
        for (const found_column& c : t.columns) {
            if (!is_amount(c)) continue;
            exact sum;
            for (std::uint32_t part : parts) {
                const result<cell_figure> f = read_amount(grid_, part, c.column, unit::pounds);
                if (!f) return false;
                sum += value_or_zero(*f);
            }
            const result<cell_figure> own = read_amount(grid_, r.row, c.column, unit::pounds);
            if (!own || value_or_zero(*own) != sum) return false;
            if (*own && !sum.is_zero()) ++columns;
        }
        return columns >= 2;
    }

    bool choose_units(const block& b, const std::map<std::uint32_t, unit>& unit_row, found_table& t) {
        std::optional<std::vector<unit>> around;
        for (found_column& c : t.columns) {
            if (!is_amount(c)) continue;
            if (options_.map.unit) {
                c.unit = options_.map.unit;
                continue;
            }
            const auto below = unit_row.find(c.column);
            const std::vector<unit> own = units_in_heading(b, c);
            if (below != unit_row.end()) {
                c.unit = below->second;
            } else if (own.size() == 1) {
                c.unit = own.front();
            } else {
                if (!around) around = units_around(b, t);
                if (around->size() == 1) c.unit = around->front();
            }
        }
        for (const found_column& c : t.columns) {
            if (!is_amount(c) || c.unit) continue;
            if (around && around->size() > 1) {
                findings_.push_back({"table.ambiguous_unit",
                                     severity::error,
                                     "the table of " + shape_.name + " could be in " + to_string((*around)[0]) +
                                         " or in " + to_string((*around)[1]) + ": both are named above it",
                                     {grid_.at(b.last, c.column)},
                                     "write the unit in the column's heading, or say it with --unit or in a mapping"});
                return false;
            }
            if (options_.unit_if_none) continue;
            findings_.push_back(
                {"table.no_unit",
                 severity::error,
                 "the table of " + shape_.name + " names no unit: is \"" + c.heading + "\" in £, £000 or £m?",
                 {grid_.at(b.last, c.column)},
                 "write the unit in a heading, or say it with --unit or in a mapping (--map)"});
            return false;
        }
        for (found_column& c : t.columns)
            if (is_amount(c) && !c.unit) c.unit = options_.unit_if_none;
        return true;
    }

    /// All lines read on, so that a unit broken over two of them ("£", "million") is read whole.
    std::vector<unit> units_in_heading(const block& b, const found_column& c) const {
        std::string read_on;
        for (std::uint32_t row = b.first; row <= b.last; ++row) read_on += grid_.text(row, c.column) + " ";
        if (const std::optional<unit> whole = parse_unit(read_on)) return {*whole};
        return units_in(read_on);
    }

    /// The units that the lines around a table name: the nearest line from its headings up that names one, then the
    /// lines just below it.
    std::vector<unit> units_around(const block& b, const found_table& t) const {
        for (std::uint32_t row = b.last + 1; row-- > 1;) {
            int figures = 0;
            std::vector<unit> found;
            for (std::uint32_t c = 1; c <= grid_.columns(); ++c) {
                if (grid_.is_number(row, c)) ++figures;
                const std::string text = grid_.text(row, c);
                std::vector<unit> here = units_in(text);
                if (const std::optional<unit> whole = parse_unit(text);
                    whole && here.empty() && !grid_.is_number(row, c))
                    here.push_back(*whole);
                for (unit u : here)
                    if (std::find(found.begin(), found.end(), u) == found.end()) found.push_back(u);
            }
            if (!found.empty()) return found;
            if (figures > 1) break; // another table begins here
        }
        const std::uint32_t bottom = t.rows.back().row;
        for (std::uint32_t row = bottom + 1; row <= std::min(grid_.rows(), bottom + 5); ++row)
            for (std::uint32_t c = 1; c <= grid_.columns(); ++c) {
                const std::vector<unit> found = units_in(grid_.text(row, c));
                if (!found.empty()) return found;
            }
        return {};
    }

    /// Columns with figures between the known ones that no field fits: said, not silently left out.
    void add_unread_columns(const block& b, found_table& t) const {
        std::uint32_t left = UINT32_MAX, right = 0;
        for (const found_column& c : t.columns) left = std::min(left, c.column), right = std::max(right, c.column);
        for (std::uint32_t c = left; c <= std::min(right + 2, grid_.columns()); ++c) {
            const bool read =
                std::any_of(t.columns.begin(), t.columns.end(), [&](const found_column& k) { return k.column == c; });
            const std::string heading = joined_heading(grid_, b.first, b.last, c);
            if (!read && !heading.empty() && has_figures(b.last + 1, c)) t.columns.push_back({"", c, heading});
        }
    }

    const grid& grid_;
    const shape& shape_;
    const layout_options& options_;
    std::vector<finding>& findings_;
};

} // namespace

layout_result find_tables(const grid& g, const shape& s, const layout_options& options) {
    layout_result out;
    const std::vector<block> blocks = detail::find_heading_blocks(g, s, options);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::uint32_t limit = i + 1 < blocks.size() ? blocks[i + 1].first - 1 : g.rows();
        table_reader reader(g, s, options, out.findings);
        if (std::optional<found_table> t = reader.read(blocks[i], limit)) out.tables.push_back(std::move(*t));
    }
    return out;
}

} // namespace riskshare::templates
