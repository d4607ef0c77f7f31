#include <riskshare/template/layout.hpp>

#include "template/table_parts.hpp"

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

bool is_unit_text(const std::string& text) { return parse_unit(text).has_value(); }

using candidates = std::vector<std::pair<std::uint32_t, match>>;

/// "the plan", "the plan of the month": a field as a message calls it.
std::string said_as(const std::string& id) {
    std::string words = id, of;
    const auto taken = [&](const std::string& prefix, const char* says) {
        if (words.rfind(prefix, 0) != 0) return;
        words = words.substr(prefix.size());
        of = says;
    };
    taken("bare_", "");
    taken("month_", " of the month");
    taken("full_year_", " of the year");
    std::replace(words.begin(), words.end(), '_', ' ');
    return "the " + words + of;
}

/// Builds one table from its heading block.
class table_reader {
public:
    table_reader(const grid& g, const shape& s, const layout_options& o, const block& b, const found_table* before,
                 std::vector<finding>& findings)
        : task_{g, s, o, b, before}, grid_(g), shape_(s), block_(b), findings_(findings) {}

    /// Nothing when the table can be read in two ways; a finding says so.
    std::optional<found_table> read(std::uint32_t limit) {
        found_table t{grid_, shape_.name, block_.first, block_.last, {}, {}};
        std::vector<finding> doubts;
        if (!choose_amounts(t, doubts)) return std::nullopt;
        choose_labels(t);
        if (t.column(shape_.fields.front().id) == nullptr) return std::nullopt;
        if (task_.options.map.last_row) limit = std::min(limit, *task_.options.map.last_row);
        std::uint32_t row = block_.last + 1;
        std::map<std::uint32_t, unit> unit_row;
        while (row <= limit && is_unit_row(row, t, unit_row)) ++row;
        std::vector<finding> about_rows;
        detail::find_rows(task_, row, limit, t, about_rows);
        if (t.rows.empty() || (task_.options.only_known && !all_known(t))) return std::nullopt;
        std::move(doubts.begin(), doubts.end(), std::back_inserter(findings_));
        if (has_errors(doubts)) return std::nullopt;
        if (!task_.options.rows_name_units && !detail::choose_units(task_, unit_row, t, findings_)) return std::nullopt;
        std::move(about_rows.begin(), about_rows.end(), std::back_inserter(findings_));
        add_unread_columns(t);
        return t;
    }

private:
    bool all_known(const found_table& t) const {
        const auto data = [](const found_row& r) { return r.kind == row_kind::data; };
        return std::any_of(t.rows.begin(), t.rows.end(), data) &&
               std::all_of(t.rows.begin(), t.rows.end(),
                           [&](const found_row& r) { return !data(r) || task_.known(r.label); });
    }

    /// The columns that fit a field equally well and best. A merged heading repeats over its columns, and
    /// percentages and numbers of schemes may stand beside amounts: only columns of amounts count, if there are any.
    candidates best_of(const field& f) const {
        const auto found = block_.by_field.find(f.id);
        if (found == block_.by_field.end()) return {};
        candidates best = found->second;
        std::erase_if(best, [&](const auto& c) { return c.second.quality < found->second.front().second.quality; });
        for (const auto& unfit :
             {&table_reader::holds_nothing, &table_reader::holds_percentages, &table_reader::is_no_amount}) {
            if (f.kind != field::holds::amount) break;
            candidates fewer = best;
            std::erase_if(fewer, [&](const auto& c) { return (this->*unfit)(c.first); });
            if (best.size() > 1 && !fewer.empty()) best = fewer;
        }
        return best;
    }

    bool holds_nothing(std::uint32_t column) const { return first_amount_below(column) == 0; }
    bool holds_percentages(std::uint32_t column) const {
        const workbook::cell* c = grid_.cell(std::max(1U, first_amount_below(column)), column);
        return c != nullptr && grid_.source().number_format(*c).find('%') != std::string_view::npos;
    }
    bool is_no_amount(std::uint32_t column) const {
        return detail::counts_or_shares(joined_heading(grid_, block_.first, block_.last, column));
    }
    /// The row; 0 when there is none.
    std::uint32_t first_amount_below(std::uint32_t column) const {
        constexpr std::uint32_t far_enough = 60;
        for (std::uint32_t row = block_.last + 1; row <= std::min(grid_.rows(), block_.last + far_enough); ++row)
            if (detail::holds_amount(grid_, row, column)) return row;
        return 0;
    }

    /// False where tables of single bodies stand side by side: they are of another shape.
    bool choose_amounts(found_table& t, std::vector<finding>& doubts) const {
        std::map<std::string, candidates> best;
        std::uint32_t left = UINT32_MAX, right = 0;
        for (const field& f : shape_.fields) {
            if (&f == &shape_.fields.front()) continue;
            best[f.id] = best_of(f);
            if (best[f.id].size() != 1 || !f.required) continue;
            left = std::min(left, best[f.id].front().first), right = std::max(right, best[f.id].front().first);
        }
        for (const field& f : shape_.fields) {
            candidates& of = best[f.id];
            if (f.kind == field::holds::amount && !f.required)
                std::erase_if(of, [&](const auto& c) { return is_beyond_labels(c.first, left, right); });
            if (of.size() > 1) keep_of_this_table(of, left, right);
            // A field that reads its own headings tells its columns apart afterwards.
            if (f.by_parts && (f.reads || are_parts(of))) {
                for (const auto& [column, m] : of) t.columns.push_back({f.id, column, m.heading});
                continue;
            }
            if (of.size() > 1 && f.kind == field::holds::amount) {
                if (f.required && under_labels(of)) return false;
                doubts.push_back(two_columns(f, of));
                if (!f.required && !f.decides) continue;
            }
            if (!of.empty()) t.columns.push_back({f.id, of.front().first, of.front().second.heading});
        }
        return true;
    }

    /// Whether a column headed for labels, and with known ones, stands between the column and those already sure: it is
    /// of the table beside this one, which has labels of its own.
    bool is_beyond_labels(std::uint32_t column, std::uint32_t left, std::uint32_t right) const {
        const auto headed = block_.by_field.find(shape_.fields.front().id);
        if (left > right || headed == block_.by_field.end()) return false;
        const auto any_labels = [&](std::uint32_t from, std::uint32_t to) {
            return std::any_of(headed->second.begin(), headed->second.end(), [&](const auto& c) {
                return c.first >= from && c.first < to && texts_below(c.first, true) > 1;
            });
        };
        if (column > right) return any_labels(right + 1, column);
        return column < left && any_labels(column + 1, left) && any_labels(1, column);
    }

    /// Of columns that fit alike, those among the columns already sure, or joined to them without a gap, are this
    /// table's; the others belong to one beside it.
    void keep_of_this_table(candidates& of, std::uint32_t left, std::uint32_t right) const {
        if (left > right) return;
        candidates mine;
        for (const auto& c : of) {
            bool joined = true;
            for (std::uint32_t between = std::min(c.first, right); between <= std::max(c.first, left); ++between)
                joined = joined && !joined_heading(grid_, block_.first, block_.last, between).empty();
            if (joined || (c.first > left && c.first < right)) mine.push_back(c);
        }
        if (mine.size() == 1) of = mine;
    }

    /// Whether each column stands under a known label of its own: a table for each body, side by side.
    bool under_labels(const candidates& of) const {
        std::set<std::string> labels;
        for (const auto& c : of)
            for (std::uint32_t row = block_.first; row <= block_.last; ++row)
                if (const std::string text = grid_.heading(row, c.first); task_.known(text)) labels.insert(text);
        return labels.size() == of.size();
    }

    /// Columns that only `weaker` headings name, each in words of its own.
    static bool are_parts(const candidates& of) {
        std::set<std::string> headings;
        for (const auto& c : of)
            if (c.second.quality > detail::least_fit || !headings.insert(words_of(c.second.heading)).second)
                return false;
        return of.size() > 1;
    }

    finding two_columns(const field& f, const candidates& of) const {
        return {"table.ambiguous_column",
                f.required || f.decides ? severity::error : severity::warning,
                "two columns could be " + said_as(f.id) + " in the table of " + shape_.name + ": \"" +
                    of[0].second.heading + "\" and \"" + of[1].second.heading + "\"" +
                    (f.required || f.decides ? "" : "; neither was read"),
                {grid_.at(block_.last, of[0].first), grid_.at(block_.last, of[1].first)},
                "say which in a mapping file (--map)"};
    }

    /// A column that may hold the labels.
    struct label_column {
        std::uint32_t column;
        std::string heading;
        int quality;
        std::uint32_t known, texts;
    };

    /// Labels stand in a column so headed, or in one with texts and without a heading: in the one with known labels,
    /// the nearest to the left of the figures; else the best headed; else the one with the most texts.
    void choose_labels(found_table& t) const {
        const field& f = shape_.fields.front();
        std::uint32_t first_amount = UINT32_MAX;
        for (const found_column& c : t.columns) first_amount = std::min(first_amount, c.column);
        std::vector<label_column> possible = possible_labels(f, first_amount);
        const auto keep_most = [&](auto value, std::uint32_t part) {
            std::uint32_t most = 0;
            for (const label_column& c : possible) most = std::max(most, static_cast<std::uint32_t>(value(c)));
            std::erase_if(possible, [&](const label_column& c) { return part * value(c) < most; });
            return most;
        };
        if (possible.empty()) return;
        // A title over a blank column labels nothing, where another has texts.
        if (std::any_of(possible.begin(), possible.end(), [](const label_column& c) { return c.texts > 0; }))
            std::erase_if(possible,
                          [&](const label_column& c) { return c.texts == 0 && first_amount_below(c.column) == 0; });
        const auto headed = [](const label_column& c) { return c.quality > 0; };
        const auto headed_names = [](const label_column& c) { return c.quality > 0 && c.known > 0; };
        const bool heading_decides = task_.options.map.columns.count(f.id) != 0 ||
                                     (std::any_of(possible.begin(), possible.end(), headed) &&
                                      std::none_of(possible.begin(), possible.end(), headed_names));
        const bool by_names = !heading_decides && keep_most([](const label_column& c) { return c.known; }, 2) > 0;
        const bool by_heading =
            !by_names && keep_most([](const label_column& c) { return static_cast<std::uint32_t>(c.quality); }, 1) > 0;
        if (!by_names && !by_heading) keep_most([](const label_column& c) { return c.texts; }, 1);
        const auto nearer = [&](const label_column& a, const label_column& b) {
            if (by_heading) return a.column < b.column;
            const bool a_left = a.column < first_amount, b_left = b.column < first_amount;
            return a_left != b_left ? a_left : a_left ? a.column > b.column : a.column < b.column;
        };
        const label_column& best = *std::min_element(possible.begin(), possible.end(), nearer);
        t.columns.insert(t.columns.begin(), {f.id, best.column, best.heading});
    }

    std::vector<label_column> possible_labels(const field& f, std::uint32_t first_amount) const {
        std::vector<label_column> out;
        if (const auto found = block_.by_field.find(f.id); found != block_.by_field.end())
            for (const auto& [c, m] : found->second)
                out.push_back({c, m.heading, m.quality, texts_below(c, true), texts_below(c, false)});
        for (std::uint32_t c = 1; c < first_amount && first_amount != UINT32_MAX; ++c) {
            const bool headed = std::any_of(out.begin(), out.end(), [&](const auto& o) { return o.column == c; });
            // A column of amounts with a word among them labels nothing.
            if (const std::uint32_t texts = texts_below(c, false); !headed && texts > 0 && numbers_below(c) < texts)
                out.push_back({c, "", 0, texts_below(c, true), texts});
        }
        return out;
    }

    std::uint32_t numbers_below(std::uint32_t column) const {
        constexpr std::uint32_t far_enough = 40;
        std::uint32_t numbers = 0;
        for (std::uint32_t row = block_.last + 1; row <= std::min(grid_.rows(), block_.last + far_enough); ++row)
            numbers += grid_.is_number(row, column) || says_not_available(grid_.text(row, column)) ? 1 : 0;
        return numbers;
    }

    std::uint32_t texts_below(std::uint32_t column, bool only_known) const {
        constexpr std::uint32_t far_enough = 40;
        std::uint32_t texts = 0;
        for (std::uint32_t row = block_.last + 1; row <= std::min(grid_.rows(), block_.last + far_enough); ++row) {
            const std::string text = grid_.text(row, column);
            if (text.empty() || grid_.is_number(row, column) || is_unit_text(text)) continue;
            if (!only_known || task_.known(text)) ++texts;
        }
        return texts;
    }

    bool is_unit_row(std::uint32_t row, const found_table& t, std::map<std::uint32_t, unit>& units) const {
        std::map<std::uint32_t, unit> here;
        for (const found_column& c : t.columns) {
            if (!task_.is_amount(c)) continue;
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

    /// Columns with figures between the known ones that no field fits: said, not silently left out.
    void add_unread_columns(found_table& t) const {
        std::uint32_t left = UINT32_MAX, right = 0;
        for (const found_column& c : t.columns) left = std::min(left, c.column), right = std::max(right, c.column);
        for (std::uint32_t c = left; c <= std::min(right + 2, grid_.columns()); ++c) {
            const bool read =
                std::any_of(t.columns.begin(), t.columns.end(), [&](const found_column& k) { return k.column == c; });
            const std::string heading = joined_heading(grid_, block_.first, block_.last, c);
            if (!read && !heading.empty() && !holds_nothing(c)) t.columns.push_back({"", c, heading});
        }
    }

    const detail::table_task task_;
    const grid& grid_;
    const shape& shape_;
    const block& block_;
    std::vector<finding>& findings_;
};

} // namespace

layout_result find_tables(const grid& g, const shape& s, const layout_options& options) {
    layout_result out;
    const std::vector<block> blocks = detail::find_heading_blocks(g, s, options);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::uint32_t limit = i + 1 < blocks.size() ? blocks[i + 1].first - 1 : g.rows();
        const found_table* before = out.tables.empty() ? nullptr : &out.tables.back();
        table_reader reader(g, s, options, blocks[i], before, out.findings);
        if (std::optional<found_table> t = reader.read(limit)) out.tables.push_back(std::move(*t));
    }
    return out;
}

} // namespace riskshare::templates
