#include "template/region.hpp"
#include "template/table_parts.hpp"
#include "template/totals/added_lines.hpp"
#include "template/totals/sum_formula.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace riskshare::templates::detail {

namespace {

constexpr std::uint32_t most_blank_rows = 3; // a wider gap ends a table

bool listed(const std::vector<std::uint32_t>& rows, std::uint32_t row) {
    return std::find(rows.begin(), rows.end(), row) != rows.end();
}

bool is_sub_total(const std::string& label) {
    const std::string words = words_of(label);
    return has_words(words, "sub total") || has_words(words, "subtotal") || has_words(words, "sub");
}

/// A noun that stands for several bodies: with one column of figures, only such a label may be of a sum.
bool names_several_bodies(const std::string& label) {
    const std::string words = words_of(label);
    for (const char* bodies : {"providers", "commissioners", "ccgs", "trusts", "icbs", "organisations", "partners"})
        if (has_words(words, bodies)) return true;
    return false;
}

class table_row_reader {
public:
    table_row_reader(const table_task& task, found_table& t, std::vector<finding>& findings)
        : task_(task), grid_(task.from), table_(t), findings_(findings),
          label_column_(t.column(task.kind.fields.front().id)->column) {
        for (const found_column& c : t.columns) {
            if (task.is_amount(c)) amounts_.push_back(c.column);
            left_ = std::min(left_, c.column), right_ = std::max(right_, c.column);
        }
    }

    void read(std::uint32_t row, std::uint32_t limit) {
        std::uint32_t blanks = 0;
        bool after_total = false, gap = false; // since the last total
        for (; row <= limit; ++row) {
            if (listed(task_.options.map.ignored_rows, row)) continue;
            found_row found = labelled(row);
            if (task_.kind.label_carries_down && found.label.empty() && !table_.rows.empty()) found.label = carried_;
            const bool known = task_.known(found.label);
            if (blanks > 0 && another_table_begins(grid_, row, left_, right_)) break;
            if (grid_.is_transposed() && names_earlier_year(found.label, year_)) continue; // last year's, beside this
            if ((!known || heads_labels(found.label)) && heads_another(row)) break;
            if (!has_figure(row)) {
                gap = gap || after_total;
                if (blank(row) && ++blanks > most_blank_rows) break;
                if (!after_total && known)
                    table_.rows.push_back(std::move(found)); // a known body with no figure at all
                continue;
            }
            blanks = 0;
            if (known) carried_ = found.label;
            classify(found, known);
            if (after_total && !known && found.kind == row_kind::data) {
                if (gap) break;
                findings_.push_back({"table.after_total",
                                     severity::note,
                                     "the row \"" + found.label + "\" stands below the total and was not read",
                                     {grid_.at(row, label_column_)}});
                continue;
            }
            if (gap && !task_.options.known_label) break;
            if (found.kind == row_kind::total && !is_sub_total(found.label) && !table_.rows.empty())
                after_total = true, gap = false;
            table_.rows.push_back(std::move(found));
        }
        for (std::size_t i = 0; i < table_.rows.size(); ++i)
            if (table_.rows[i].kind == row_kind::total) cover(i);
    }

private:
    /// The row's label, a unit that it names taken off it: "UHL £000", or a cell of its own that says "£000".
    found_row labelled(std::uint32_t row) const {
        found_row r{row, grid_.text(row, label_column_)};
        if (const std::vector<unit> named = units_in(r.label); named.size() == 1 && !task_.known(r.label)) {
            std::string bare = r.label.substr(0, r.label.find("£"));
            while (!bare.empty() && (bare.back() == ' ' || bare.back() == '(' || bare.back() == ',')) bare.pop_back();
            if (task_.known(bare)) r.label = bare, r.unit = named.front();
        }
        for (std::uint32_t c = left_; c <= right_ && !r.unit; ++c)
            if (c != label_column_ && !listed(amounts_, c) && !grid_.is_number(row, c))
                r.unit = parse_unit(grid_.text(row, c));
        return r;
    }

    bool has_figure(std::uint32_t row) const {
        return std::any_of(amounts_.begin(), amounts_.end(), [&](std::uint32_t c) { return !grid_.blank(row, c); });
    }
    bool blank(std::uint32_t row) const {
        return std::all_of(table_.columns.begin(), table_.columns.end(),
                           [&](const found_column& c) { return grid_.blank(row, c.column); });
    }

    bool heads_labels(const std::string& label) const {
        return label.empty() || fit(label, task_.kind.fields.front()) > least_fit;
    }

    /// Words, and no amount, in two amount columns or more: the headings of another table.
    bool heads_another(std::uint32_t row) const {
        int words = 0;
        for (std::uint32_t c : amounts_) {
            if (grid_.blank(row, c)) continue;
            const result<cell_figure> f = read_amount(grid_, row, c, unit::pounds);
            if (f || f.why().rule != "cell.text") return false;
            ++words;
        }
        return words >= 2;
    }

    void classify(found_row& r, bool known) const {
        const std::string words = words_of(r.label);
        if (listed(task_.options.map.total_rows, r.row)) {
            r.kind = row_kind::total;
            r.why = "the mapping";
        } else if (words.rfind("of which", 0) == 0 || words.rfind("including", 0) == 0 || words.rfind("memo", 0) == 0) {
            r.kind = row_kind::of_which;
        } else if (!known && names_a_total(r.label)) {
            r.kind = row_kind::total;
            r.why = "its label";
        } else if (!rows_summed_by(r, names_several_bodies(r.label) ? 1 : 2).empty()) {
            r.kind = row_kind::total;
            r.why = "its figures are the sum of the rows above";
        } else if (sums_all_but_for_rounding(r.row)) {
            r.kind = row_kind::total;
            r.why = "its figures are the sum of the rows above, but for rounding";
        } else if (adds_by_formula(r.row)) {
            r.kind = row_kind::total;
            r.why = "its formulas add the rows above";
        }
    }

    /// Whether the row is the sum of all data above: exactly in two columns or more that are not nought, and in the
    /// others as far as each figure may be rounded.
    bool sums_all_but_for_rounding(std::uint32_t row) const {
        const std::vector<std::uint32_t> parts = data_before(table_.rows.size());
        constexpr std::size_t least_parts = 3, most_parts = 300, least_exact = 2;
        if (parts.size() < least_parts || parts.size() > most_parts || amounts_.size() <= least_exact) return false;
        const std::optional<figures_of_line>& own = figures(row);
        if (!own) return false;
        added_lines exact_sum(amounts_.size()), rounded_sum(amounts_.size());
        for (std::uint32_t part : parts) {
            if (!figures(part)) return false;
            exact_sum.add(*figures(part));
            rounded_sum.add(rounded_off(part));
        }
        return exact_sum.fit_of(*own).telling >= least_exact && rounded_sum.fit_of(rounded_off(row)).all();
    }

    /// A row's amounts, each standing for what rounds to its last decimal.
    figures_of_line rounded_off(std::uint32_t row) const {
        figures_of_line line = figures(row).value_or(figures_of_line(amounts_.size()));
        for (std::size_t i = 0; i < line.size(); ++i) {
            const result<cell_figure> f = read_amount(grid_, row, amounts_[i], unit::pounds);
            if (!line[i] || !f || !*f) continue;
            int power = (*f)->written().exponent() + power_of_ten((*f)->unit()) + 6;
            wide step = 1;
            for (; power > 0 && power <= 18; --power) step *= 10;
            line[i]->half_step = (*f)->value().is_zero() ? 0 : step / 2;
        }
        return line;
    }

    /// Whether formulas of the row, in two columns or more, add two rows of data above or more, and none of its
    /// formulas adds anything else above.
    bool adds_by_formula(std::uint32_t row) const {
        if (grid_.is_transposed() || table_.rows.size() < 2) return false;
        std::size_t adding = 0;
        for (std::uint32_t c : amounts_) {
            const workbook::cell* cell = grid_.cell(row, c);
            const std::optional<sum_formula> sum =
                cell != nullptr && cell->has_formula ? sum_formula_of(cell->formula) : std::nullopt;
            if (!sum || !sum->adds_whole_cells_here()) continue;
            std::size_t rows = 0;
            bool down = true;
            for (const added_part& p : sum->parts) {
                down = down && p.cells.first.column == c && p.cells.last.column == c && p.cells.last.row < row;
                for (const found_row& above : table_.rows)
                    rows +=
                        above.kind == row_kind::data && p.cells.first.row <= above.row && above.row <= p.cells.last.row;
            }
            adding += down && rows >= 2 && rows + 1 >= table_.rows.size() ? 1 : 0;
        }
        return adding >= 2;
    }

    /// The rows of data since the total before `end`, from the nearest up.
    std::vector<std::uint32_t> data_before(std::size_t end) const {
        std::vector<std::uint32_t> out;
        for (std::size_t i = end; i-- > 0;) {
            const found_row& r = table_.rows[i];
            if (r.kind == row_kind::total) break;
            if (r.kind == row_kind::data) out.push_back(r.row);
        }
        return out;
    }

    /// A row's amounts, in millionths, as they are written; nothing where one of its cells cannot be read. A blank is
    /// nought here: it adds nothing.
    const std::optional<figures_of_line>& figures(std::uint32_t row) const {
        const auto [at, fresh] = figures_.try_emplace(row);
        if (!fresh) return at->second;
        figures_of_line line;
        for (std::uint32_t c : amounts_) {
            const result<cell_figure> f = read_amount(grid_, row, c, unit::pounds);
            if (!f) return at->second;
            const std::optional<stated> amount = *f ? in_millionths(**f) : stated();
            if (!amount) return at->second;
            line.push_back(amount);
        }
        return at->second = std::move(line);
    }

    static std::optional<stated> in_millionths(const figure& f) {
        constexpr int finest = 6;
        wide value = f.written().coefficient();
        int power = f.written().exponent() + power_of_ten(f.unit()) + finest;
        if (power > 18) return std::nullopt;
        for (; power > 0; --power) value *= 10;
        bool finer = false; // than a millionth: the noise of binary fractions
        for (; power < 0 && value != 0; ++power) {
            finer = finer || value % 10 != 0;
            value /= 10;
        }
        return stated{value, finer ? 1 : 0};
    }

    /// The rows just above of which every figure of this one is the sum: two at least, in so many columns at least.
    std::vector<std::uint32_t> rows_summed_by(const found_row& r, std::size_t least_columns) const {
        if (amounts_.size() < least_columns) return {};
        std::vector<std::uint32_t> parts = data_before(table_.rows.size());
        constexpr std::size_t most_parts = 300;
        if (parts.size() > most_parts) parts.resize(most_parts);
        const std::size_t n = longest_run(r.row, parts, least_columns);
        parts.resize(n < 2 ? 0 : n);
        return parts;
    }

    /// Of how many of the rows, from the first on, every figure of this one is the sum; the most that are. 0 for none.
    std::size_t longest_run(std::uint32_t row, const std::vector<std::uint32_t>& parts, std::size_t least) const {
        const std::optional<figures_of_line>& own = figures(row);
        added_lines sum(amounts_.size());
        std::size_t longest = 0;
        for (std::size_t n = 0; own && n < parts.size(); ++n) {
            const std::optional<figures_of_line>& part = figures(parts[n]);
            if (!part) break;
            sum.add(*part);
            const added_lines::fit fit = sum.fit_of(*own);
            if (fit.all() && fit.telling >= least) longest = n + 1;
        }
        return longest;
    }

    /// Whether a total adds up all of the table or only some of it, and which rows those are.
    void cover(std::size_t i) {
        found_row& r = table_.rows[i];
        const std::optional<figures_of_line>& own = figures(r.row);
        const std::optional<added_lines>& all = sum_of_all();
        if (own && all) {
            const added_lines::fit fit = all->fit_of(*own);
            if (fit.all() && fit.telling >= 1) return;
        }
        std::vector<std::uint32_t> parts = data_before(i);
        if (const std::size_t n = longest_run(r.row, parts, 1); n > 0) {
            parts.resize(n);
            r.adds = parts;
            return;
        }
        if (i < last_total() || is_sub_total(r.label)) r.adds = parts;
    }

    /// Every row of data added up; nothing where one of them cannot be read. Asked for once the rows are all known.
    const std::optional<added_lines>& sum_of_all() {
        if (summed_) return all_;
        summed_ = true;
        added_lines sum(amounts_.size());
        for (const found_row& r : table_.rows) {
            if (r.kind != row_kind::data) continue;
            if (!figures(r.row)) return all_;
            sum.add(*figures(r.row));
        }
        all_ = sum;
        return all_;
    }

    std::size_t last_total() {
        if (!last_total_) {
            last_total_ = 0;
            for (std::size_t i = 0; i < table_.rows.size(); ++i)
                if (table_.rows[i].kind == row_kind::total) last_total_ = i;
        }
        return *last_total_;
    }

    mutable std::unordered_map<std::uint32_t, std::optional<figures_of_line>> figures_; ///< by row, read once
    std::optional<added_lines> all_;
    bool summed_ = false;
    std::optional<std::size_t> last_total_;
    const table_task& task_;
    const grid& grid_;
    found_table& table_;
    std::vector<finding>& findings_;
    std::string carried_; // the last known label
    std::optional<financial_year> year_ = year_of_titles(task_.from);
    std::uint32_t label_column_, left_ = UINT32_MAX, right_ = 0;
    std::vector<std::uint32_t> amounts_;
};

} // namespace

bool table_task::is_amount(const found_column& c) const {
    for (const field& f : kind.fields)
        if (f.id == c.field) return f.kind == field::holds::amount;
    return false;
}

bool holds_amount(const grid& g, std::uint32_t row, std::uint32_t column) {
    if (g.blank(row, column)) return false;
    const result<cell_figure> f = read_amount(g, row, column, unit::pounds);
    return f ? f->has_value() : g.is_number(row, column);
}

void find_rows(const table_task& task, std::uint32_t first, std::uint32_t limit, found_table& t,
               std::vector<finding>& findings) {
    table_row_reader(task, t, findings).read(first, limit);
}

} // namespace riskshare::templates::detail
