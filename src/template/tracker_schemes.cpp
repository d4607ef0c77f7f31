#include "template/tracker_schemes.hpp"

#include "template/rating_key.hpp"
#include "template/savings_scales.hpp"
#include "template/words/vocabulary.hpp"

#include <riskshare/detail/large_pages.hpp>
#include <riskshare/detail/money_text.hpp>

#include <algorithm>
#include <utility>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

namespace {

std::optional<money> amount_in(const std::optional<std::int64_t>& pence) {
    return pence ? std::optional(money::pence(*pence)) : std::nullopt;
}

int count_of(const heading_block& b, slot what) {
    return static_cast<int>(std::count_if(b.columns.begin(), b.columns.end(),
                                          [what](const tracker_column& c) { return slot_of(c.id).what == what; }));
}

} // namespace

std::optional<std::string> typed_organisations::code_of(const std::string& typed) {
    const auto seen = known_.find(typed);
    if (seen != known_.end()) return seen->second;
    std::optional<std::string> code;
    if (const std::optional<organisation_match> m = options_.directory.recognise(typed)) {
        code = m->code;
        if (m->how == name_match::resembles)
            findings_.push_back({"organisation.resembles",
                                 severity::warning,
                                 "\"" + typed + "\" was read as " + m->name + " (" + m->code + ")",
                                 {place_},
                                 "correct the name, or name it in a mapping file"});
    }
    known_.emplace(typed, code);
    return code;
}

scheme_maker::scheme_maker(const grid& g, const heading_block& b, const table_setting& setting,
                           const tracker_options& options, typed_organisations& organisations,
                           std::vector<finding>& findings)
    : grid_(g), block_(b), setting_(setting), options_(options), organisations_(organisations), findings_(findings),
      variances_(g, b) {
    for (const auto& [typed, r] : options.map.ratings) ratings_[text::folded(typed)] = r;
    if (block_.column("rating") != nullptr) key_ = rating_key(g);
    index_columns();
    make_room();
}

/// For as many schemes as the sheet's cells could be.
void scheme_maker::make_room() {
    const std::size_t most = grid_.source().cells().size() / std::max<std::size_t>(block_.columns.size(), 1);
    out_.schemes.reserve(most);
    text::expect_filled(out_.schemes.data(), most * sizeof(scheme));
    out_.actual_rows.reserve(most);
}

void scheme_maker::index_columns() {
    by_line_ = block_.column("month") != nullptr;
    const auto any = [&](std::initializer_list<slot> slots) {
        return std::any_of(slots.begin(), slots.end(), [&](slot s) { return count_of(block_, s) > 0; });
    };
    plan_months_ = by_line_ ? 12 : count_of(block_, slot::plan_month);
    actual_months_ = by_line_ ? 12 : count_of(block_, slot::actual_month);
    forecast_months_ = count_of(block_, slot::forecast_month);
    out_.has_plan = any({slot::plan_month, slot::plan_year});
    out_.has_actual = any({slot::actual_month, slot::forecast_month, slot::forecast_year, slot::actual_to_date}) ||
                      (by_line_ && any({slot::actual_year}));
    if (block_.row_kind_column) out_.has_plan = out_.has_actual = true;
    if (setting_.unnamed_kind == amount_kind::plan) out_.has_plan = true;
    if (setting_.unnamed_kind && *setting_.unnamed_kind != amount_kind::plan) out_.has_actual = true;
    for (const char* id : {"reference", "name"})
        if (const tracker_column* c = block_.column(id)) {
            reference_column_ = c->column;
            break;
        }
}

/// A month of a block headed "Actual / forecast" is told by what stands there, nought too; one of actuals alone by an
/// amount, for the months to come are often filled with noughts.
int scheme_maker::last_month_told(bool forecast_too) const {
    int last_month = 0;
    std::vector<finding> ignored;
    row_reader probe(grid_, block_, setting_.table_unit, options_.below_a_penny, setting_.from_1904, ignored);
    const std::uint32_t last = std::min(setting_.last_row, grid_.rows());
    for (std::uint32_t r = block_.last + 1; r <= last && last_month < 12; ++r) {
        const tracker_row row = probe.read(r);
        for (int m = 12; m > last_month; --m) {
            const std::optional<std::int64_t>& amount = row.months[1][static_cast<std::size_t>(m - 1)];
            if (amount && (forecast_too || *amount != 0)) last_month = m;
        }
    }
    return last_month;
}

void scheme_maker::find_last_actual() {
    const bool two_blocks = actual_months_ > 0 && forecast_months_ > 0;
    const bool one_block = actual_months_ == 12 && !by_line_ && forecast_months_ == 0;
    const bool one_figure = one_block && block_.column("forecast_year") != nullptr;
    const bool by_quarter = block_.by_quarter.count("actual") != 0;
    if (!two_blocks && !one_block && !by_quarter) return;
    if (two_blocks && options_.reported) {
        out_.last_actual = options_.reported;
        return;
    }
    const tracker_column* first = block_.column("actual_m1");
    const bool forecast_too = one_block && !one_figure && first != nullptr &&
                              words::everyday_words().says(first->heading, words::term::forecast);
    const int last_month = last_month_told(forecast_too);
    forecast_apart_ = one_figure && last_month < 12;
    if (last_month == 0 || (one_block && last_month == 12)) return;
    actuals_end_ = one_block && !one_figure && !forecast_too;
    out_.last_actual = month(by_quarter ? std::min(last_month + 2, 12) : last_month);
}

bool scheme_maker::spread(tracker_row& r) const {
    if (!by_line_) return true;
    const std::optional<line_meaning> m = meaning_of(r.text(slot::line_month));
    if (!m || !m->month) return false;
    const std::size_t i = static_cast<std::size_t>(m->month->month.number() - 1);
    const slot figures[] = {slot::plan_year, slot::actual_year, slot::forecast_year};
    for (std::size_t k = 0; k < 3; ++k) {
        r.months[k][i] = r.figure(figures[k]);
        r.figure(figures[k]).reset();
    }
    return true;
}

/// The scheme before that the row goes on with; nullptr for a new one.
scheme* scheme_maker::continued(const tracker_row& r, const std::string& organisation) {
    if (out_.schemes.empty()) return nullptr;
    const std::string &reference = r.text(slot::reference), &name = r.text(slot::name);
    if (by_line_) {
        const auto found = seen_.find(organisation + "\t" + reference + "\t" + name);
        return found == seen_.end() ? nullptr : &out_.schemes[found->second];
    }
    if (!block_.row_kind_column) return nullptr;
    scheme& last = out_.schemes.back();
    const bool same = !reference.empty() ? reference == last.reference : name.empty() || name == last.name;
    return same ? &last : nullptr;
}

bool scheme_maker::take(const tracker_row& r, const row_owner& owner) {
    const std::string& typed = r.text(slot::organisation);
    const std::string organisation = !typed.empty()                ? organisations_.code_of(typed).value_or(typed)
                                     : !owner.organisation.empty() ? owner.organisation
                                                                   : setting_.organisation;
    if (scheme* s = continued(r, organisation)) {
        if (by_line_ && std::any_of(r.months.begin(), r.months.end(), [&, s](const auto& block) {
                for (std::size_t i = 0; i < 12; ++i)
                    if (block[i] && (&block == &r.months[0] ? s->plan : s->actual).is_stated(month(int(i) + 1)))
                        return true;
                return false;
            }))
            findings_.push_back({"tracker.line_twice",
                                 severity::error,
                                 "row " + std::to_string(r.row) + " gives a month of " +
                                     (s->reference.empty() ? s->name : s->reference) + " once more",
                                 {grid_.at(r.row, reference_column_)},
                                 "give each month of a scheme one line"});
        fill_months(*s, r);
        if (by_line_)
            place_line(static_cast<std::size_t>(s - out_.schemes.data()), r);
        else if (has_actuals(r))
            out_.actual_rows.back() = r.row;
        return false;
    }
    scheme s = made(r, owner, organisation);
    fill_months(s, r);
    fill_stated(s, r);
    compare_variances(s, r);
    if (s.reference.empty() && s.name.empty())
        findings_.push_back(
            {"tracker.nameless_scheme",
             severity::warning,
             "row " + std::to_string(r.row) + " has figures and no reference or name; it was read as a scheme",
             {grid_.at(r.row, 1)},
             "name the scheme"});
    if (by_line_)
        seen_.emplace(organisation + "\t" + r.text(slot::reference) + "\t" + r.text(slot::name), out_.schemes.size());
    out_.schemes.push_back(std::move(s));
    out_.actual_rows.push_back(!by_line_ && has_actuals(r) ? r.row : 0);
    if (by_line_) place_line(out_.schemes.size() - 1, r);
    return true;
}

/// Where the actuals of a scheme's month stand, in a table of lines.
void scheme_maker::place_line(std::size_t of_scheme, const tracker_row& r) {
    if (out_.month_rows.size() <= of_scheme) out_.month_rows.resize(of_scheme + 1);
    const std::optional<line_meaning> m = meaning_of(r.text(slot::line_month));
    if (m && m->month) out_.month_rows[of_scheme][static_cast<std::size_t>(m->month->month.number() - 1)] = r.row;
}

scheme scheme_maker::made(const tracker_row& r, const row_owner& owner, const std::string& organisation) const {
    scheme s;
    s.reference = r.text(slot::reference);
    s.name = r.text(slot::name);
    s.organisation = organisation;
    s.division = r.text(slot::division).empty() ? owner.division : r.text(slot::division);
    s.workstream = r.text(slot::workstream);
    s.lead = r.text(slot::lead);
    s.type = r.text(slot::type);
    s.quality = r.text(slot::quality);
    s.stage = r.text(slot::stage);
    s.recurrence = parse_recurrence(r.text(slot::recurrence));
    s.cash_effect = parse_cash_effect(r.text(slot::cash_effect));
    rate(s, r);
    s.start = start_of(r.text(slot::start));
    s.at = grid_.at(r.row, reference_column_);
    if (const auto effect = amount_in(r.figure(slot::full_year_effect))) s.full_year_effect = *effect;
    return s;
}

void scheme_maker::rate(scheme& s, const tracker_row& row) const {
    const std::string& written = row.text(slot::rating);
    const auto mapped = ratings_.find(text::folded(written));
    const result<rating> r = parse_rating(written);
    if (r)
        s.rating = *r;
    else if (mapped != ratings_.end())
        s.rating = mapped->second;
    else if (const std::optional<rating> scaled = rating_by_heading(written))
        say_scale(written, *scaled), s.rating = *scaled;
    else if (const keyed_rating* keyed = in_key(written))
        s.rating = keyed->is;
    else if (!written.empty())
        s.written_rating = written;
    else if (names_unidentified(s.name) || names_unidentified(s.reference))
        s.rating = rating::unidentified;
    else if (const tracker_column* c = block_.column("rating")) {
        const workbook::cell* cell = grid_.cell(row.row, c->column);
        if (cell != nullptr && setting_.fills != nullptr &&
            setting_.fills->coloured(*cell, grid_.cell(row.row, c->column + 1)))
            s.written_rating = colour_only;
    }
}

/// What the sheet's key says of a colour; it is said once that it was followed.
const keyed_rating* scheme_maker::in_key(const std::string& written) const {
    const std::string word = text::folded(written);
    const auto found = std::find_if(key_.begin(), key_.end(), [&](const keyed_rating& k) { return k.word == word; });
    if (found == key_.end()) return nullptr;
    if (key_followed_.insert(word).second) findings_.push_back(followed_key(written, *found));
    return &*found;
}

/// Said once: the sheet speaks of high, medium and low, the answer of red, amber and green.
void scheme_maker::say_scale(const std::string& written, rating r) const {
    if (std::exchange(scale_said_, true)) return;
    const tracker_column* c = block_.column("rating");
    const bool risk = scale_named(c->heading) == savings_table::scale::delivery_risk;
    findings_.push_back({"tracker.ratings_by_scale",
                         severity::note,
                         "\"" + c->heading + "\" is of " + (risk ? "delivery risk" : "delivery confidence") +
                             ", such as \"" + written + "\", which was taken as " + to_string(r) +
                             ": high risk is red, medium amber, "
                             "low green" +
                             (risk ? "" : "; high confidence is green"),
                         {grid_.at(block_.last, c->column)},
                         "nothing, if that is how the ratings are weighed; else say it in a mapping: [ratings]"});
}

/// "High" under "Delivery risk" is red, under "Delivery confidence" green.
std::optional<rating> scheme_maker::rating_by_heading(const std::string& written) const {
    const tracker_column* c = block_.column("rating");
    const std::optional<savings_table::scale> by = c == nullptr ? std::nullopt : scale_named(c->heading);
    return by ? rating_on(*by, written) : std::nullopt;
}

/// A start before the year counts as its first month; one after it has none in the year.
std::optional<month> scheme_maker::start_of(const std::string& written) const {
    if (written.empty()) return std::nullopt;
    const std::optional<line_meaning> m = meaning_of(written);
    if (!m || !m->month) return std::nullopt;
    if (!m->month->calendar_year || !setting_.year) return m->month->month;
    const int first = *m->month->calendar_year - (m->month->month.number() > 9 ? 1 : 0);
    if (first < setting_.year->start) return month(1);
    return first > setting_.year->start ? std::nullopt : std::optional(m->month->month);
}

/// Whether the row is one in which actuals stand: each is, unless plan and actual have a row each.
bool scheme_maker::has_actuals(const tracker_row& r) const {
    if (!block_.row_kind_column) return out_.has_actual;
    const std::optional<amount_kind> kind = kind_word(r.text(slot::row_kind));
    return kind == amount_kind::actual || kind == amount_kind::forecast;
}

void scheme_maker::fill_months(scheme& s, const tracker_row& r) const {
    for (int m = 1; m <= 12; ++m) {
        const std::size_t i = static_cast<std::size_t>(m - 1);
        if (r.months[0][i]) s.plan.set(month(m), money::pence(*r.months[0][i]));
        const bool to_come = actuals_end_ && m > out_.last_actual->number();
        if (r.months[1][i] && !to_come) s.actual.set(month(m), money::pence(*r.months[1][i]));
        const bool forecast_stands = !out_.last_actual || m > out_.last_actual->number() || !r.months[1][i];
        if (r.months[2][i] && (actual_months_ == 0 || forecast_stands))
            s.actual.set(month(m), money::pence(*r.months[2][i]));
    }
}

/// Figures for the year stand in where the months do not tell; where they do, the two are compared.
void scheme_maker::fill_stated(scheme& s, const tracker_row& r) {
    const auto stated = [&](slot what) { return amount_in(r.figure(what)); };
    const std::optional<money> plan = stated(slot::plan_year);
    const bool plan_by_month = plan_months_ == 12 || (plan_months_ == 4 && block_.by_quarter.count("plan") != 0) ||
                               setting_.unnamed_kind == amount_kind::plan || block_.row_kind_column.has_value();
    if (plan_months_ == 0 && !plan_by_month) {
        s.stated.plan = plan;
        s.stated.plan_to_date = stated(slot::plan_to_date);
    } else if (plan_by_month || !plan || *plan == s.plan.total()) {
        compare_year(r, plan, s.plan, "plan_year");
    } else {
        s.stated.plan = plan; // the year is more than the months that have a column
    }
    const bool whole_forecast =
        (actual_months_ == 12 && !forecast_apart_) || forecast_months_ > 0 || block_.row_kind_column;
    const std::optional<money> forecast = stated(slot::forecast_year), actual = stated(slot::actual_year);
    if (whole_forecast) {
        compare_year(r, forecast ? forecast : actual, s.actual, forecast ? "forecast_year" : "actual_year");
        return;
    }
    s.stated.forecast = forecast;
    if (actual_months_ == 0)
        s.stated.actual_to_date = stated(slot::actual_to_date) ? stated(slot::actual_to_date) : actual;
}

void scheme_maker::compare_year(const tracker_row& r, const std::optional<money>& year, const monthly& months,
                                const char* id) {
    if (!year || months.is_blank() || *year == months.total()) return;
    row_differences_.push_back({r.row, id, *year - months.total()});
}

void scheme_maker::compare_variances(const scheme& s, const tracker_row& r) {
    if (!r.variances[0] && !r.variances[1]) return;
    both_periods plan{amount_in(r.figure(slot::plan_to_date)), planned(s)},
        actual{amount_in(r.figure(slot::actual_to_date)), forecast_outturn(s)};
    if (options_.reported && plan_months_ == 12 && !plan[0]) plan[0] = planned_to_date(s, *options_.reported);
    if (options_.reported && actual_months_ == 12 && !actual[0]) actual[0] = delivered_to_date(s, *options_.reported);
    variances_.take(r, plan, actual, false);
}

void scheme_maker::take_total(const tracker_row& r) {
    const auto sum = [&](std::size_t block) -> std::optional<money> {
        monthly months;
        for (int m = 1; m <= 12; ++m)
            if (const auto& amount = r.months[block][static_cast<std::size_t>(m - 1)])
                months.set(month(m), money::pence(*amount));
        return months.is_blank() ? std::nullopt : std::optional(months.total());
    };
    const auto either = [&](slot figure, std::size_t block) {
        const std::optional<money> stated = amount_in(r.figure(figure));
        return stated ? stated : sum(block);
    };
    variances_.take(r, {amount_in(r.figure(slot::plan_to_date)), either(slot::plan_year, 0)},
                    {amount_in(r.figure(slot::actual_to_date)), either(slot::forecast_year, 1)}, true);
}

schemes_read scheme_maker::done() {
    for (const char* id : {"plan_year", "actual_year", "forecast_year"}) say_row_differences(id);
    variances_.review(findings_);
    return std::move(out_);
}

void scheme_maker::say_row_differences(const std::string& id) {
    const tracker_column* column = block_.column(id);
    finding f{"tracker.row_total", severity::error, ""};
    exact sum, largest;
    std::size_t count = 0;
    for (const row_difference& d : row_differences_) {
        if (d.id != id) continue;
        ++count;
        sum += exact(d.difference);
        if (largest < abs(exact(d.difference))) largest = abs(exact(d.difference));
        if (column != nullptr) f.at.push_back(grid_.at(d.row, column->column));
    }
    if (count == 0 || column == nullptr) return;
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
                (count == 1 ? " row" : " rows") + ", by " + riskshare::detail::said(sum) +
                " in all; the months were used";
    f.advice = rounding_only ? ""
               : by_formula
                   ? "let a spreadsheet recalculate the workbook, and look at the formula if that does not help"
                   : "correct the months or the year's figure";
    findings_.push_back(std::move(f));
}

} // namespace riskshare::templates::detail
