#include "template/tracker_table.hpp"

#include "template/tracker_context.hpp"

#include <riskshare/template/layout.hpp>

#include <algorithm>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

namespace {

enum class row_meaning : std::uint8_t { blank, label, scheme, total, stray, summary };

class table_reader {
public:
    table_reader(const grid& g, const heading_block& b, const table_setting& setting, const tracker_options& options,
                 std::vector<finding>& findings)
        : grid_(g), block_(b), setting_(setting), options_(options), findings_(findings),
          rows_(g, b, setting.table_unit, options.below_a_penny, setting.from_1904, findings), sums_(b) {
        const table_mapping* map = options.map.table("tracker");
        if (map != nullptr) map_ = *map;
        for (const auto& [typed, r] : options.map.ratings) ratings_[text::folded(typed)] = r;
        division_ = setting.division;
        index_merged_rows();
        index_columns();
        out_.table.sheet = g.source().name();
        out_.table.first_heading = b.first;
        out_.table.last_heading = b.last;
        out_.table.columns = b.columns;
    }

    schemes_read read() {
        const std::uint32_t last = std::min({setting_.last_row, grid_.rows(), map_.last_row.value_or(UINT32_MAX)});
        for (std::uint32_t r = block_.last + 1; r <= last; ++r) {
            if (options_.progress && r % 1024 == 0) options_.progress(r, last);
            if (!take(r)) break;
            out_.table.last_row = r;
        }
        say_what_was_odd();
        return std::move(out_);
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
            plan_months_ += s.what == slot::plan_month ? 1 : 0;
            actual_months_ += s.what == slot::actual_month ? 1 : 0;
            forecast_months_ += s.what == slot::forecast_month ? 1 : 0;
            has_reference_ |= s.what == slot::reference;
            has_rating_ |= s.what == slot::rating;
            has_division_ |= s.what == slot::division;
            out_.has_plan |= s.what == slot::plan_month || s.what == slot::plan_year;
            out_.has_actual |= s.what == slot::actual_month || s.what == slot::forecast_month ||
                               s.what == slot::forecast_year || s.what == slot::actual_to_date;
        }
        if (block_.row_kind_column) out_.has_plan = out_.has_actual = true;
        if (setting_.unnamed_kind == amount_kind::plan) out_.has_plan = true;
        if (setting_.unnamed_kind && *setting_.unnamed_kind != amount_kind::plan) out_.has_actual = true;
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
        tracker_row r = rows_.read(number);
        fill_merged(r);
        rename_unnamed(r);
        switch (meaning(r)) {
        case row_meaning::blank:
            over_ |= complete_;
            return true;
        case row_meaning::label:
            take_label(r);
            return true;
        case row_meaning::total:
            ++out_.table.totals;
            rows_.accept(r, false);
            complete_ = names_a_total(first_text(r)) && sums_.is_sum_of_all(r);
            if (!sums_.is_sum_of_all(r) && !sums_.is_sum_of_group(r) && !adds_up_otherwise(r))
                sums_.check(grid_, block_, r, "the total in row " + std::to_string(number), findings_);
            sums_.end_group();
            division_ = setting_.division;
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

    std::string first_text(const tracker_row& r) const {
        for (const workbook::cell& c : grid_.source().row(r.row))
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
        if (summarises_a_rating(r)) return row_meaning::summary;
        if (identified) return row_meaning::scheme;
        return texts > 1 ? row_meaning::scheme : row_meaning::stray;
    }

    /// "Red" as the name of a row that has neither a reference nor a rating: the schemes of that rating together.
    bool summarises_a_rating(const tracker_row& r) const {
        const result<rating> named = parse_rating(r.text(slot::name));
        return named && *named != rating::unidentified && r.text(slot::reference).empty() &&
               r.text(slot::rating).empty() && !out_.schemes.empty();
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
        if (const std::optional<std::string> code = known_organisation(label))
            organisation_ = *code;
        else if (!has_division_)
            division_ = label;
    }

    std::optional<std::string> known_organisation(const std::string& typed) {
        const auto mapped = options_.map.organisations.find(typed);
        if (mapped != options_.map.organisations.end()) return mapped->second;
        const auto seen = recognised_.find(typed);
        if (seen != recognised_.end()) return seen->second;
        std::optional<std::string> code;
        if (const std::optional<organisation_match> m = options_.directory.recognise(typed)) {
            code = m->code;
            if (m->how == name_match::resembles)
                findings_.push_back({"organisation.resembles",
                                     severity::warning,
                                     "\"" + typed + "\" was read as " + m->name + " (" + m->code + ")",
                                     {grid_.place()},
                                     "correct the name, or name it in a mapping file"});
        }
        recognised_.emplace(typed, code);
        return code;
    }

    void take_scheme(const tracker_row& r) {
        const bool hidden = grid_.hidden_row(r.row);
        if (block_.row_kind_column && continues_the_last(r)) {
            sums_.add(r, hidden);
            scheme& s = out_.schemes.back();
            fill_months(s, r);
            return;
        }
        scheme s;
        s.reference = r.text(slot::reference);
        s.name = r.text(slot::name);
        const std::string& organisation = r.text(slot::organisation);
        s.organisation = !organisation.empty()    ? known_organisation(organisation).value_or(organisation)
                         : !organisation_.empty() ? organisation_
                                                  : setting_.organisation;
        s.division = r.text(slot::division).empty() ? division_ : r.text(slot::division);
        s.workstream = r.text(slot::workstream);
        s.lead = r.text(slot::lead);
        s.type = r.text(slot::type);
        s.quality = r.text(slot::quality);
        s.stage = r.text(slot::stage);
        s.recurrence = parse_recurrence(r.text(slot::recurrence));
        s.cash_effect = parse_cash_effect(r.text(slot::cash_effect));
        rate(s, r.text(slot::rating));
        s.start = start_of(r.text(slot::start));
        s.at = grid_.at(r.row, text_columns_.empty() ? 1 : text_columns_.front().second);
        for (const auto& [what, column] : text_columns_)
            if (what == slot::reference) s.at = grid_.at(r.row, column);
        if (r.figure(slot::full_year_effect)) s.full_year_effect = money::pence(*r.figure(slot::full_year_effect));
        fill_months(s, r);
        fill_stated(s, r);
        if (s.reference.empty() && s.name.empty())
            findings_.push_back({"tracker.nameless_scheme",
                                 severity::warning,
                                 "row " + std::to_string(r.row) +
                                     " has figures and no reference or name; it was read "
                                     "as a scheme",
                                 {grid_.at(r.row, 1)},
                                 "name the scheme"});
        sums_.add(r, hidden);
        ++out_.table.schemes;
        if (hidden) ++out_.table.hidden, hidden_plan_ += exact(planned(s));
        out_.schemes.push_back(std::move(s));
    }

    bool continues_the_last(const tracker_row& r) const {
        if (out_.schemes.empty()) return false;
        const scheme& last = out_.schemes.back();
        const std::string& reference = r.text(slot::reference);
        if (!reference.empty()) return reference == last.reference;
        return r.text(slot::name).empty() || r.text(slot::name) == last.name;
    }

    void rate(scheme& s, const std::string& written) {
        const auto mapped = ratings_.find(text::folded(written));
        const result<rating> r = parse_rating(written);
        if (r)
            s.rating = *r;
        else if (mapped != ratings_.end())
            s.rating = mapped->second;
        else if (!written.empty())
            s.written_rating = written;
        else if (parse_rating(s.name).value_or(rating::red) == rating::unidentified ||
                 parse_rating(s.reference).value_or(rating::red) == rating::unidentified ||
                 text::folded(s.name).rfind("unidentif", 0) == 0)
            s.rating = rating::unidentified;
    }

    /// A start before the year counts as its first month; one after it has none in the year.
    std::optional<month> start_of(const std::string& written) const {
        if (written.empty()) return std::nullopt;
        const std::optional<line_meaning> m = meaning_of(written);
        if (!m || !m->month) return std::nullopt;
        if (!m->month->calendar_year || !setting_.year) return m->month->month;
        const int first = *m->month->calendar_year - (m->month->month.number() > 9 ? 1 : 0);
        if (first < setting_.year->start) return month(1);
        return first > setting_.year->start ? std::nullopt : std::optional(m->month->month);
    }

    void fill_months(scheme& s, const tracker_row& r) const {
        for (int m = 1; m <= 12; ++m) {
            const std::size_t i = static_cast<std::size_t>(m - 1);
            if (r.months[0][i]) s.plan.set(month(m), money::pence(*r.months[0][i]));
            if (r.months[1][i]) s.actual.set(month(m), money::pence(*r.months[1][i]));
            const bool forecast_stands = !out_.last_actual || m > out_.last_actual->number() || !r.months[1][i];
            if (r.months[2][i] && (actual_months_ == 0 || forecast_stands))
                s.actual.set(month(m), money::pence(*r.months[2][i]));
        }
    }

    /// Figures for the year stand in where the months do not tell; where they do, the two are compared.
    void fill_stated(scheme& s, const tracker_row& r) {
        const auto stated = [&](slot what) {
            const auto& f = r.figure(what);
            return f ? std::optional(money::pence(*f)) : std::nullopt;
        };
        const bool plan_by_month = plan_months_ > 0 || setting_.unnamed_kind == amount_kind::plan;
        const bool whole_forecast = actual_months_ == 12 || forecast_months_ > 0 || block_.row_kind_column;
        if (!plan_by_month && !block_.row_kind_column) {
            s.stated.plan = stated(slot::plan_year);
            s.stated.plan_to_date = stated(slot::plan_to_date);
        } else {
            compare_year(r, stated(slot::plan_year), s.plan, "plan_year");
        }
        if (whole_forecast) {
            compare_year(r, stated(slot::forecast_year) ? stated(slot::forecast_year) : stated(slot::actual_year),
                         s.actual, stated(slot::forecast_year) ? "forecast_year" : "actual_year");
            return;
        }
        s.stated.forecast = stated(slot::forecast_year);
        if (actual_months_ == 0)
            s.stated.actual_to_date =
                stated(slot::actual_to_date) ? stated(slot::actual_to_date) : stated(slot::actual_year);
    }

    void compare_year(const tracker_row& r, const std::optional<money>& year, const monthly& months, const char* id) {
        if (!year || months.is_blank() || *year == months.total()) return;
        row_differences_.push_back({r.row, id, *year - months.total()});
    }

    void say_what_was_odd() {
        if (out_.table.hidden > 0) {
            finding f{"tracker.hidden_rows",
                      severity::note,
                      std::to_string(out_.table.hidden) + " of " + std::to_string(out_.table.schemes) +
                          " schemes stand in " +
                          (grid_.source().filtered() ? "hidden rows (a filter is set)" : "hidden rows") +
                          "; they were read, and plan " + accounting(hidden_plan_, unit::pounds) + " pounds",
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
        for (const char* id : {"plan_year", "actual_year", "forecast_year"}) say_row_differences(id);
    }

    void say_row_differences(const std::string& id) {
        const auto column = std::find_if(block_.columns.begin(), block_.columns.end(),
                                         [&](const tracker_column& c) { return c.id == id; });
        finding f{"tracker.row_total", severity::error, ""};
        exact sum, largest;
        std::size_t count = 0;
        for (const row_difference& d : row_differences_) {
            if (d.id != id) continue;
            ++count;
            sum += exact(d.difference);
            if (largest < abs(exact(d.difference))) largest = abs(exact(d.difference));
            if (column != block_.columns.end()) f.at.push_back(grid_.at(d.row, column->column));
        }
        if (count == 0 || column == block_.columns.end()) return;
        // Thirteen figures in whole units may be out by half of one each.
        const exact slack = exact(one(column->unit.value_or(setting_.table_unit))) * ratio(13, 2);
        const bool rounding_only = !(slack < largest);
        f.verdict = rounding_only ? verdict::rounding : verdict::real;
        const bool by_formula = std::all_of(f.at.begin(), f.at.end(), [&](const provenance& p) {
            const workbook::cell* c = grid_.cell(p.row(), p.column());
            return c != nullptr && c->has_formula;
        });
        f.severity = rounding_only ? severity::note : by_formula ? severity::warning : severity::error;
        f.difference = sum;
        f.message = "\"" + column->heading + "\" is not the sum of its months in " + std::to_string(count) +
                    (count == 1 ? " row" : " rows") + ", by " + accounting(sum, unit::pounds, 2) +
                    " pounds in all; the months were used";
        f.advice = rounding_only ? ""
                   : by_formula
                       ? "let a spreadsheet recalculate the workbook, and look at the formula if that does not help"
                       : "correct the months or the year's figure";
        findings_.push_back(std::move(f));
    }

    struct row_difference {
        std::uint32_t row;
        const char* id;
        money difference;
    };

    const grid& grid_;
    const heading_block& block_;
    const table_setting& setting_;
    const tracker_options& options_;
    std::vector<finding>& findings_;
    row_reader rows_;
    running_sums sums_;
    schemes_read out_;
    table_mapping map_;
    std::map<std::string, rating> ratings_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> merged_;
    std::vector<std::pair<slot, std::uint32_t>> text_columns_;
    std::unordered_map<std::string, std::optional<std::string>> recognised_;
    int plan_months_ = 0, actual_months_ = 0, forecast_months_ = 0;
    bool has_reference_ = false, has_rating_ = false, has_division_ = false;
    std::uint32_t totals_row_ = 0;
    std::string organisation_, division_;
    bool complete_ = false, over_ = false;
    exact hidden_plan_;
    std::vector<row_difference> row_differences_;
    std::vector<std::uint32_t> scheme_rows_;

public:
    /// In a table with a block of actuals and another of forecast: the last month in which anything was delivered.
    void find_last_actual(const std::optional<month>& asked) {
        if (actual_months_ == 0 || forecast_months_ == 0) return;
        out_.last_actual = asked;
        if (asked) return;
        int last_month = 0;
        std::vector<finding> ignored;
        row_reader probe(grid_, block_, setting_.table_unit, options_.below_a_penny, setting_.from_1904, ignored);
        const std::uint32_t last = std::min(setting_.last_row, grid_.rows());
        for (std::uint32_t r = block_.last + 1; r <= last; ++r) {
            const tracker_row row = probe.read(r);
            for (int m = 12; m > last_month; --m)
                if (row.months[1][static_cast<std::size_t>(m - 1)].value_or(0) != 0) last_month = m;
        }
        if (last_month > 0) out_.last_actual = month(last_month);
    }
};

} // namespace

schemes_read read_schemes(const grid& g, const heading_block& b, const table_setting& setting,
                          const tracker_options& options, std::vector<finding>& findings) {
    table_reader reader(g, b, setting, options, findings);
    reader.find_last_actual(options.reported);
    return reader.read();
}

} // namespace riskshare::templates::detail
