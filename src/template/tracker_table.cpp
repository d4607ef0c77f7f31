#include "template/tracker_table.hpp"

#include "template/region.hpp"
#include "template/tracker_context.hpp"
#include "template/tracker_schemes.hpp"

#include <riskshare/detail/money_text.hpp>
#include <riskshare/template/layout.hpp>

#include <algorithm>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

bool names_unidentified(const std::string& name) {
    return parse_rating(name).value_or(rating::red) == rating::unidentified ||
           text::folded(name).rfind("unidentif", 0) == 0;
}

namespace {

enum class row_meaning : std::uint8_t { blank, label, scheme, total, total_above, beside, stray, summary };

/// What stands below a total and is no scheme: "CIP target", "Gap to target", "Check".
bool names_something_beside(const std::string& name) {
    static const char* const words[] = {"target",      "gap",      "variance", "shortfall",  "check",
                                        "requirement", "required", "headroom", "balance",    "difference",
                                        "over/",       "over /",   "under/",   "allocation", "control total"};
    const std::string folded = text::folded(name);
    return std::any_of(std::begin(words), std::end(words),
                       [&](const char* w) { return folded.find(w) != std::string::npos; });
}

class table_reader {
public:
    table_reader(const grid& g, const heading_block& b, const table_setting& setting, const tracker_options& options,
                 std::vector<finding>& findings)
        : grid_(g), block_(b), setting_(setting), options_(options), findings_(findings),
          rows_(g, b, setting.table_unit, options.below_a_penny, setting.from_1904, findings), sums_(b),
          organisations_(options, g, findings), maker_(g, b, setting, options, organisations_, findings) {
        const table_mapping* map = options.map.table("tracker");
        if (map != nullptr) map_ = *map;
        owner_.division = setting.division;
        index_merged_rows();
        index_columns();
        table_.sheet = g.source().name();
        table_.first_heading = b.first;
        table_.last_heading = b.last;
        table_.columns = b.columns;
    }

    schemes_read read() {
        maker_.find_last_actual();
        const std::uint32_t last = std::min({setting_.last_row, grid_.rows(), map_.last_row.value_or(UINT32_MAX)});
        for (std::uint32_t r = block_.last + 1; r <= last; ++r) {
            if (options_.progress && r % 1024 == 0) options_.progress(r, last);
            if (!take(r)) break;
            table_.last_row = r;
        }
        say_what_was_odd();
        schemes_read out = maker_.done();
        out.table = std::move(table_);
        return out;
    }

private:
    static bool has(const std::vector<std::uint32_t>& rows, std::uint32_t r) {
        return std::find(rows.begin(), rows.end(), r) != rows.end();
    }

    void index_merged_rows() {
        for (const workbook::range& m : grid_.source().merged()) {
            if (m.first.row <= block_.last || m.last.row == m.first.row) continue;
            for (std::uint32_t r = m.first.row + 1; r <= m.last.row; ++r) merged_[{r, m.first.column}] = m.first.row;
        }
    }

    void index_columns() {
        for (const tracker_column& c : block_.columns) {
            const column_slot s = slot_of(c.id);
            if (s.what < slot::row_kind) text_columns_.emplace_back(s.what, c.column);
            has_reference_ |= s.what == slot::reference;
            has_rating_ |= s.what == slot::rating;
            has_division_ |= s.what == slot::division;
            left_ = std::min(left_, c.column), right_ = std::max(right_, c.column);
        }
        for (const workbook::table& t : grid_.source().tables())
            if (t.has_totals && t.where.first.row <= block_.last && t.where.last.row > block_.last)
                totals_row_ = t.where.last.row;
    }

    /// Text cells that a merged cell above covers have its text.
    void fill_merged(tracker_row& r) const {
        if (merged_.empty()) return;
        for (const auto& [s, column] : text_columns_) {
            if (!r.text(s).empty()) continue;
            const auto m = merged_.find({r.row, column});
            if (m != merged_.end()) r.text(s) = grid_.text(m->second, column);
        }
    }

    /// False when the table is over.
    bool take(std::uint32_t number) {
        if (has(map_.ignored_rows, number)) return true;
        if (after_blank_ && another_table_begins(grid_, number, left_, right_)) return false;
        tracker_row r = rows_.read(number);
        fill_merged(r);
        rename_unnamed(r);
        if (!maker_.spread(r) && r.amounts > 0 && !names_total(r)) {
            findings_.push_back({"tracker.no_month_in_line",
                                 severity::error,
                                 "row " + std::to_string(number) + " has amounts and names no month",
                                 {grid_.at(number, 1)},
                                 "name the month, or list the row in a mapping under ignored_rows"});
            return true;
        }
        const row_meaning is = meaning(r);
        after_blank_ = is == row_meaning::blank;
        switch (is) {
        case row_meaning::blank:
            over_ |= complete_;
            return true;
        case row_meaning::label:
            take_label(r);
            return true;
        case row_meaning::total:
            ++table_.totals;
            rows_.accept(r, false);
            maker_.take_total(r);
            complete_ = names_a_total(first_text(r)) && sums_.is_sum_of_all(r);
            if (!sums_.is_sum_of_all(r) && !sums_.is_sum_of_group(r) && !adds_up_otherwise(r))
                sums_.check(grid_, block_, r, "the total in row " + std::to_string(number), findings_);
            sums_.end_group();
            owner_.division = setting_.division;
            return true;
        case row_meaning::total_above:
            ++table_.totals;
            rows_.accept(r, false);
            maker_.take_total(r);
            sums_.end_group();
            take_label(r);
            return true;
        case row_meaning::beside:
            beside_.push_back(number);
            return true;
        case row_meaning::summary:
            say_below(number, "a summary by rating");
            return false;
        case row_meaning::stray:
            if (over_) return false;
            rows_.accept(r, false);
            findings_.push_back(
                {"tracker.stray_row",
                 severity::error,
                 "row " + std::to_string(number) + " has amounts, and neither a scheme nor the sum of the rows above",
                 {grid_.at(number, 1)},
                 "name the scheme, or list the row in a mapping under total_rows or ignored_rows"});
            return true;
        case row_meaning::scheme:
            if (over_ && (!has_reference_ || r.text(slot::reference).empty())) {
                say_below(number, "rows with amounts");
                return false;
            }
            complete_ = over_ = false;
            rows_.accept(r, true);
            scheme_rows_.push_back(number);
            take_scheme(r);
            bare_schemes_ |= r.text(slot::reference).empty() && r.text(slot::rating).empty() &&
                             !names_unidentified(r.text(slot::name));
            return true;
        }
        return true;
    }

    void rename_unnamed(tracker_row& r) const {
        auto& unnamed = r.months[3];
        if (std::all_of(unnamed.begin(), unnamed.end(), [](const auto& m) { return !m; })) return;
        std::optional<amount_kind> kind = setting_.unnamed_kind;
        if (block_.row_kind_column) kind = kind_word(r.text(slot::row_kind));
        if (!kind || *kind == amount_kind::variance) return;
        r.months[static_cast<std::size_t>(*kind)] = unnamed;
        unnamed = {};
    }

    std::string first_text(const tracker_row& r) const { return first_text_in(r.row); }

    std::string first_text_in(std::uint32_t row) const {
        for (const workbook::cell& c : grid_.source().row(row))
            if (c.kind == workbook::cell_kind::text && !text::plain(c.text).empty()) return text::plain(c.text);
        return "";
    }

    row_meaning meaning(const tracker_row& r) const {
        if (has(map_.total_rows, r.row) || r.row == totals_row_) return row_meaning::total;
        const std::string& reference = r.text(slot::reference);
        const std::string& name = r.text(slot::name);
        const bool identified = !reference.empty() || !name.empty();
        std::size_t texts = 0;
        for (const std::string& t : r.texts) texts += t.empty() ? 0 : 1;
        if (r.amounts == 0) {
            if (texts == 0) return first_text(r).empty() ? row_meaning::blank : row_meaning::label;
            return !reference.empty() && texts > 1 && !names_a_total(reference) ? row_meaning::scheme
                                                                                : row_meaning::label;
        }
        if (block_.row_kind_column && !r.text(slot::row_kind).empty() && kind_word(r.text(slot::row_kind)) &&
            !names_total(r))
            return row_meaning::scheme;
        const bool own_reference = !reference.empty() && !names_a_total(reference);
        const bool adds_up = sums_.is_sum_of_group(r) || sums_.is_sum_of_all(r);
        if (r.sums_above * 2 >= r.amounts && r.sums_above > 0 && !own_reference) return row_meaning::total;
        if (names_total(r) && !own_reference && (r.text(slot::rating).empty() || adds_up)) return row_meaning::total;
        if (!own_reference && r.text(slot::rating).empty() && sums_.group_rows() > 1 && r.amounts > 1 && adds_up)
            return row_meaning::total;
        if (r.sums_below * 2 >= r.amounts && r.sums_below > 0 && !own_reference) return row_meaning::total_above;
        if (is_bare(r) && (has_reference_ || has_rating_) && r.amounts > 1 && is_sum_of_rows_below(r))
            return row_meaning::total_above;
        if (complete_ && !bare_schemes_ && is_bare(r) && names_something_beside(first_text(r)))
            return row_meaning::beside;
        if (summarises_a_rating(r)) return row_meaning::summary;
        if (identified) return row_meaning::scheme;
        return texts > 1 ? row_meaning::scheme : row_meaning::stray;
    }

    /// Neither a reference nor a rating, and not what is unidentified.
    static bool is_bare(const tracker_row& r) {
        return r.text(slot::reference).empty() && r.text(slot::rating).empty() &&
               !names_unidentified(r.text(slot::name));
    }

    /// The heading of a group whose schemes follow: its figures are theirs added up.
    bool is_sum_of_rows_below(const tracker_row& heading) const {
        std::vector<finding> ignored;
        row_reader again(grid_, block_, setting_.table_unit, options_.below_a_penny, setting_.from_1904, ignored);
        added_rows below;
        for (std::uint32_t n = heading.row + 1; n <= std::min(setting_.last_row, grid_.rows()); ++n) {
            tracker_row r = again.read(n);
            fill_merged(r);
            rename_unnamed(r);
            if (r.amounts == 0) continue;
            if (is_bare(r)) return false;
            below.add(r);
            if (below.make_up(heading)) return true;
        }
        return false;
    }

    /// "Red" as the name of a row that has neither a reference nor a rating: the schemes of that rating together.
    bool summarises_a_rating(const tracker_row& r) const {
        const result<rating> named = parse_rating(r.text(slot::name));
        return named && *named != rating::unidentified && r.text(slot::reference).empty() &&
               r.text(slot::rating).empty() && !maker_.schemes().empty();
    }

    /// A total of the rows just above it, wherever they begin, or of those that share what it names: "Total pay".
    bool adds_up_otherwise(const tracker_row& total) const {
        constexpr std::size_t most_rows = 3000;
        std::vector<finding> ignored;
        row_reader again(grid_, block_, setting_.table_unit, options_.below_a_penny, setting_.from_1904, ignored);
        const std::string named = without_total(first_text(total));
        added_rows nearest, sharing;
        for (std::size_t i = scheme_rows_.size(); i-- > 0 && scheme_rows_.size() - i <= most_rows;) {
            tracker_row r = again.read(scheme_rows_[i]);
            fill_merged(r);
            rename_unnamed(r);
            nearest.add(r);
            if (nearest.make_up(total)) return true;
            const bool shares = std::any_of(r.texts.begin(), r.texts.end(), [&](const std::string& t) {
                return !named.empty() && !t.empty() && text::folded(t) == named;
            });
            const result<rating> rated = parse_rating(named), own = parse_rating(r.text(slot::rating));
            if (shares || (rated && own && *rated == *own)) sharing.add(r);
        }
        return sharing.make_up(total);
    }

    /// "Total for pay" names "pay".
    static std::string without_total(const std::string& label) {
        std::string out;
        std::string word;
        for (char c : text::folded(label) + " ") {
            if (c != ' ' && c != ':' && c != '(' && c != ')') {
                word += c;
                continue;
            }
            if (!word.empty() && word != "for" && word != "of" && word != "schemes" && word != "savings" &&
                !names_a_total(word))
                out += (out.empty() ? "" : " ") + word;
            word.clear();
        }
        return out;
    }

    void say_below(std::uint32_t number, const std::string& what) {
        findings_.push_back(
            {"tracker.below_the_table",
             severity::note,
             what + " from row " + std::to_string(number) + " on, below the end of the table of schemes, were not read",
             {grid_.at(number, 1)},
             "if they are schemes, give them references, or delete the blank row above them"});
    }

    bool names_total(const tracker_row& r) const {
        for (slot s : {slot::reference, slot::name, slot::organisation, slot::division, slot::workstream, slot::lead,
                       slot::rating, slot::type})
            if (!r.text(s).empty() && names_a_total(r.text(s))) return true;
        return r.text(slot::name).empty() && names_a_total(first_text(r));
    }

    void take_label(const tracker_row& r) {
        const std::string label = first_text(r);
        constexpr std::size_t longest_group_name = 60;
        if (label.empty() || label.size() > longest_group_name) return;
        // A short code that no directory lists may be a division's: it is a body only where none is named otherwise.
        const std::optional<std::string> code = organisations_.code_of(label);
        const bool nobody = setting_.organisation.empty() && block_.column("organisation") == nullptr;
        if (code && (nobody || options_.directory.find_code(*code) != nullptr))
            owner_.organisation = *code;
        else if (!has_division_)
            owner_.division = label;
    }

    void take_scheme(const tracker_row& r) {
        const bool hidden = grid_.hidden_row(r.row);
        sums_.add(r, hidden);
        if (!maker_.take(r, owner_)) return;
        ++table_.schemes;
        if (hidden) ++table_.hidden, hidden_plan_ += exact(planned(maker_.schemes().back()));
    }

    void say_what_was_odd() {
        if (table_.hidden > 0) {
            finding f{"tracker.hidden_rows",
                      severity::note,
                      std::to_string(table_.hidden) + " of " + std::to_string(table_.schemes) + " schemes stand in " +
                          (grid_.source().filtered() ? "hidden rows (a filter is set)" : "hidden rows") +
                          "; they were read, and plan " + riskshare::detail::said(hidden_plan_),
                      {grid_.place()}};
            f.found = hidden_plan_;
            findings_.push_back(std::move(f));
        }
        if (rows_.fine().count > 0) {
            finding f{"tracker.below_a_penny",
                      severity::note,
                      std::to_string(rows_.fine().count) + (rows_.fine().count == 1 ? " cell is" : " cells are") +
                          " finer than a penny; each was rounded to a penny, which changes their sum by £" +
                          to_string(rows_.fine().change),
                      {rows_.fine().first}};
            f.difference = rows_.fine().change;
            findings_.push_back(std::move(f));
        }
        if (rows_.uncalculated() > 0)
            findings_.push_back({"tracker.not_calculated",
                                 severity::error,
                                 std::to_string(rows_.uncalculated()) +
                                     (rows_.uncalculated() == 1 ? " month holds a formula" : " months hold formulas") +
                                     " without a stored result; they were read as blank",
                                 {rows_.first_uncalculated()},
                                 "open the workbook in a spreadsheet, let it calculate, and save it"});
        if (!beside_.empty())
            findings_.push_back(
                {"tracker.beside_the_total", severity::warning,
                 "\"" + first_text_in(beside_.front()) + "\"" +
                     (beside_.size() > 1 ? " and " + std::to_string(beside_.size() - 1) + " more rows" : "") +
                     " below the total were taken for no schemes",
                 places_of(beside_),
                 "give what is a scheme a reference or a rating; call what is not identified "
                 "\"Unidentified\""});
    }

    std::vector<provenance> places_of(const std::vector<std::uint32_t>& rows) const {
        std::vector<provenance> out;
        for (std::uint32_t r : rows) out.push_back(grid_.at(r, 1));
        return out;
    }

    const grid& grid_;
    const heading_block& block_;
    const table_setting& setting_;
    const tracker_options& options_;
    std::vector<finding>& findings_;
    row_reader rows_;
    running_sums sums_;
    typed_organisations organisations_;
    scheme_maker maker_;
    tracker_table table_;
    table_mapping map_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> merged_;
    std::vector<std::pair<slot, std::uint32_t>> text_columns_;
    bool has_reference_ = false, has_rating_ = false, has_division_ = false;
    std::uint32_t totals_row_ = 0;
    row_owner owner_;
    bool complete_ = false, over_ = false, after_blank_ = false;
    std::uint32_t left_ = UINT32_MAX, right_ = 0; ///< columns
    bool bare_schemes_ = false;                   ///< schemes without reference and rating were read
    exact hidden_plan_;
    std::vector<std::uint32_t> scheme_rows_, beside_;
};

} // namespace

schemes_read read_schemes(const grid& g, const heading_block& b, const table_setting& setting,
                          const tracker_options& options, std::vector<finding>& findings) {
    return table_reader(g, b, setting, options, findings).read();
}

} // namespace riskshare::templates::detail
