// Writing one month's actuals into a tracker, and what a person who checks the filled sheet would ask about.
#include "template/tracker_rows.hpp"

#include <riskshare/detail/money_text.hpp>
#include <riskshare/template/grid.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::templates {

namespace text = riskshare::detail;

namespace {

/// The amount as a number in the column's own unit: 12,345 pounds in £000 is "12.345".
std::string digits_of(money amount, const tracker_column& c) {
    const int power = 2 + power_of_ten(c.unit.value_or(unit::pounds)) - c.scaled_by;
    return to_string(decimal(amount.pence(), -power).normalised());
}

/// The column of a month's actuals. A block of forecasts takes them only where there is none of actuals; months that
/// name no kind are the actuals of the rows or of the sheet that say so.
const tracker_column* actual_column(const tracker_table& t, month m) {
    const bool has_actuals = std::any_of(t.columns.begin(), t.columns.end(), [](const tracker_column& c) {
        return detail::slot_of(c.id).what == detail::slot::actual_month;
    });
    const std::string number = std::to_string(m.number());
    if (has_actuals) return t.column("actual_m" + number);
    const tracker_column* forecast = t.column("forecast_m" + number);
    return forecast != nullptr ? forecast : t.column("unnamed_m" + number);
}

/// In a table with a line for each scheme and month, the one column of what was delivered.
const tracker_column* actual_column_of_lines(const tracker_table& t) {
    const tracker_column* actual = t.column("actual_year");
    return actual != nullptr ? actual : t.column("forecast_year");
}

class filling {
public:
    filling(const tracker_reading& into, month m) : into_(into), month_(m) {
        for (std::size_t i = 0; i < into.read.size(); ++i)
            rows_.emplace(text::folded(into.read.text(i, scheme_field::reference)), i);
    }

    void place(const actual_amount& a) {
        const std::vector<std::size_t> hits = schemes_of(a);
        const std::string named = (a.organisation.empty() ? "" : a.organisation + " ") + a.reference;
        if (hits.empty()) return say_unmatched(a, named);
        ++matched_;
        if (hits.size() > 1) return say_ambiguous(named, hits);
        if (!given_.insert(hits.front()).second) return say_twice(named, hits.front());
        write(hits.front(), a.amount);
    }

    actuals_fill done() {
        if (matched_ == 0) say_nothing_matched();
        say_left();
        say_months_before();
        return std::move(out_);
    }

private:
    std::vector<std::size_t> schemes_of(const actual_amount& a) const {
        std::vector<std::size_t> hits;
        if (a.reference.empty()) return hits;
        const auto [first, last] = rows_.equal_range(text::folded(a.reference));
        for (auto it = first; it != last; ++it)
            if (a.organisation.empty() ||
                text::folded(a.organisation) == text::folded(into_.read.text(it->second, scheme_field::organisation)))
                hits.push_back(it->second);
        return hits;
    }

    std::uint32_t row_of(const actuals_place& at) const {
        return at.lines ? into_.month_rows[*at.lines][static_cast<std::size_t>(month_.number() - 1)] : at.row;
    }

    /// "A1, A2, A3 and 4 more"
    std::string references(const std::vector<std::size_t>& rows) const {
        constexpr std::size_t most = 8;
        std::string out;
        for (std::size_t i = 0; i < std::min(rows.size(), most); ++i) {
            std::string_view name = into_.read.text(rows[i], scheme_field::reference);
            if (name.empty()) name = into_.read.text(rows[i], scheme_field::name);
            out += (out.empty() ? "" : ", ") + std::string(name);
        }
        return rows.size() <= most ? out : out + " and " + std::to_string(rows.size() - most) + " more";
    }

    /// Nothing of the list stands in the tracker: it is of something else.
    void say_nothing_matched() {
        std::erase_if(out_.findings, [](const finding& f) { return f.rule == "fill.unmatched_reference"; });
        out_.findings.push_back(
            {"fill.nothing_matched",
             severity::error,
             "none of the references given stands in the tracker, so nothing was filled: " + unmatched_,
             {into_.read.empty() ? provenance() : into_.read[0].at},
             "give a list of the tracker's own references"});
    }

    void say_left() {
        std::vector<std::size_t> left;
        for (std::size_t i = 0; i < into_.read.size(); ++i)
            if (given_.count(i) == 0 && row_of(into_.actuals_at[i]) != 0) left.push_back(i);
        if (left.empty() || out_.edits.empty()) return;
        finding f{"fill.row_left", severity::warning,
                  std::to_string(left.size()) + " of " + std::to_string(into_.read.size()) +
                      " schemes were given no amount for " + to_string(month_) +
                      " and were left as they are: " + references(left)};
        for (const std::size_t i : left) f.at.push_back(into_.read[i].at);
        out_.findings.push_back(std::move(f));
    }

    /// The cell of a month's actual; nothing where the table has none.
    std::optional<provenance> cell_of(std::size_t scheme, month m) const {
        const actuals_place& at = into_.actuals_at[scheme];
        if (at.lines || at.row == 0) return std::nullopt;
        const tracker_table& t = into_.tables[at.table];
        const tracker_column* column = actual_column(t, m);
        if (column == nullptr || column->id.rfind("forecast", 0) == 0) return std::nullopt;
        return provenance(into_.read[scheme].at.file(), t.sheet, at.row, column->column);
    }

    /// A month that was never filled in makes every figure to date too small.
    void say_months_before() {
        if (out_.edits.empty()) return;
        for (int m = 1; m < month_.number(); ++m) {
            std::vector<std::size_t> blank;
            finding f{"fill.month_before", severity::warning, ""};
            std::size_t placed = 0;
            for (const std::size_t i : given_) {
                const std::optional<provenance> at = cell_of(i, month(m));
                if (!at) continue;
                ++placed;
                const scheme s = into_.read[i];
                const bool planned_for = s.plan.is_blank() || !s.plan[month(m)].is_zero();
                if (s.actual.is_stated(month(m)) || !planned_for) continue;
                blank.push_back(i);
                f.at.push_back(*at);
            }
            if (blank.empty()) continue;
            f.message = blank.size() == placed
                            ? to_string(month(m)) + " (" + std::string(month_name(month(m))) +
                                  ") is blank: no scheme has an actual for it, so that what is to date lacks a month"
                            : to_string(month(m)) + " (" + std::string(month_name(month(m))) + ") is blank for " +
                                  std::to_string(blank.size()) + " of " + std::to_string(placed) +
                                  " schemes: " + references(blank);
            f.advice = "fill in " + to_string(month(m)) + " first, or write 0 where nothing was delivered";
            out_.findings.push_back(std::move(f));
        }
    }

    void write(std::size_t scheme, money amount) {
        const actuals_place& at = into_.actuals_at[scheme];
        const std::uint32_t row = row_of(at);
        const tracker_table& table = into_.tables[at.table];
        const tracker_column* column = at.lines      ? actual_column_of_lines(table)
                                       : at.row == 0 ? nullptr
                                                     : actual_column(table, month_);
        if (column == nullptr) return say_no_column(scheme, at);
        if (row == 0) return say_no_line(scheme, amount);
        out_.edits.push_back(
            {table.sheet, {row, column->column}, workbook::edit::what::number, digits_of(amount, *column)});
    }

    void say_unmatched(const actual_amount& a, const std::string& named) {
        finding f{"fill.unmatched_reference", severity::warning,
                  "no scheme in the tracker has the reference \"" + named + "\"; its " + text::said(a.amount) +
                      " were not written"};
        f.advice = "correct the reference, or add the scheme to the tracker";
        f.found = exact(a.amount);
        out_.findings.push_back(std::move(f));
        constexpr std::size_t enough = 100;
        if (unmatched_.size() < enough) unmatched_ += (unmatched_.empty() ? "" : ", ") + named;
    }

    void say_ambiguous(const std::string& named, const std::vector<std::size_t>& hits) {
        finding f{"fill.ambiguous_reference", severity::error, "\"" + named + "\" stands at several schemes"};
        for (std::size_t row : hits) f.at.push_back(into_.read[row].at);
        f.advice = "give the organisation as well, or make the references differ";
        out_.findings.push_back(std::move(f));
    }

    void say_twice(const std::string& named, std::size_t scheme) {
        out_.findings.push_back({"fill.given_twice",
                                 severity::error,
                                 "\"" + named + "\" is given more than one amount for " + to_string(month_),
                                 {into_.read[scheme].at},
                                 "give the month's whole amount once"});
    }

    void say_no_line(std::size_t scheme, money amount) {
        finding f{"fill.no_line",
                  severity::warning,
                  "\"" + std::string(into_.read.text(scheme, scheme_field::reference)) + "\" has no line for " +
                      to_string(month_) + "; its " + text::said(amount) + " were not written",
                  {into_.read[scheme].at}};
        f.advice = "add the line to the tracker";
        f.found = exact(amount);
        out_.findings.push_back(std::move(f));
    }

    /// Once a table.
    void say_no_column(std::size_t scheme, const actuals_place& at) {
        const bool somewhere = at.lines || at.row != 0;
        if (!said_no_column_.insert(somewhere ? at.table : into_.tables.size()).second) return;
        const std::string id = "actual_m" + std::to_string(month_.number());
        out_.findings.push_back({"fill.no_column",
                                 severity::error,
                                 "the tracker has no column of its own for the actuals of " + to_string(month_),
                                 {into_.read[scheme].at},
                                 "place it in a mapping: [tracker] columns = { " + id + " = \"…\" }"});
    }

    const tracker_reading& into_;
    month month_;
    std::multimap<std::string, std::size_t> rows_; ///< schemes by reference
    std::set<std::size_t> given_, said_no_column_;
    std::size_t matched_ = 0;
    std::string unmatched_; ///< references that the tracker does not have
    actuals_fill out_;
};

} // namespace

actuals_fill fill_actuals(const tracker_reading& into, month m, const std::vector<actual_amount>& amounts) {
    filling f(into, m);
    for (const actual_amount& a : amounts) f.place(a);
    return f.done();
}

std::vector<finding> left_to_date(const workbook::book& book, const tracker_reading& filled, month m) {
    std::vector<finding> out;
    finding plan{"fill.to_date_left", severity::warning, ""}, actual = plan;
    if (m.number() == 1) return out;
    std::map<std::string, grid> grids;
    const auto look = [&](const tracker_table& t, const scheme& s, const char* id, const monthly& months, finding& to) {
        const tracker_column* column = t.column(id);
        if (column == nullptr || months.is_blank()) return;
        const grid& g = grids.try_emplace(t.sheet, book.read(t.sheet), book.source().name()).first->second;
        const result<cell_figure> there =
            read_amount(g, s.at.row(), column->column, column->unit.value_or(unit::pounds));
        if (!there || !*there) return;
        const exact now(months.to_date(m)), before(months.to_date(month(m.number() - 1)));
        if (!((*there)->value() == now) && (*there)->value() == before)
            to.at.push_back(g.at(s.at.row(), column->column));
    };
    for (std::size_t i = 0; i < filled.read.size(); ++i) {
        const scheme s = filled.read[i];
        const tracker_table& t = filled.tables[filled.actuals_at[i].table];
        if (s.at.sheet() != t.sheet) continue;
        look(t, s, "plan_to_date", s.plan, plan);
        look(t, s, "actual_to_date", s.actual, actual);
    }
    for (finding* f : {&plan, &actual}) {
        if (f->at.empty()) continue;
        f->message = std::string("the ") + (f == &plan ? "plan" : "actual") + " to date of " +
                     std::to_string(f->at.size()) + (f->at.size() == 1 ? " scheme" : " schemes") +
                     " is still that of " + to_string(month(m.number() - 1)) + "; the actuals are those of " +
                     to_string(m);
        f->advice = "move it on to " + to_string(m);
        out.push_back(std::move(*f));
    }
    return out;
}

std::vector<actual_amount> actuals_of(const tracker& t, month m) {
    std::vector<actual_amount> out;
    for (std::size_t i = 0; i < t.size(); ++i) {
        const scheme s = t[i];
        if (const std::optional<money> amount = s.actual.at(m); amount && !s.reference.empty())
            out.push_back({s.organisation, s.reference, *amount});
    }
    return out;
}

} // namespace riskshare::templates
