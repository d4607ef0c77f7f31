// Which column of a tracker is which month of plan, actual or forecast.
#include "template/tracker_columns.hpp"
#include "template/tracker_context.hpp"
#include "template/tracker_rows.hpp"
#include "template/words/months.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

const char* name_of(amount_kind k) {
    return k == amount_kind::plan ? "plan" : k == amount_kind::actual ? "actual" : "forecast";
}

namespace {

class amount_settler {
public:
    amount_settler(const grid& g, const std::vector<column_reading>& columns, const table_mapping* map,
                   heading_block& b)
        : grid_(g), columns_(columns), map_(map), block_(b) {}

    void settle() {
        for (std::uint32_t c = 1; c <= columns_.size(); ++c)
            if (!is_mapped(c)) consider(c);
        keep_mapped_blocks();
        keep_one_year();
        choose();
        drop_months_of_one();
        take_quarters();
        drop_unnamed();
        if (unnamed_twice_ && has("unnamed", true))
            say_two_blocks("plan", unnamed_twice_->first, unnamed_twice_->second);
        say_cumulative();
        say_not_understood();
        take_bare_amount();
    }

private:
    const column_reading& reading(std::uint32_t column) const { return columns_[column - 1]; }

    bool is_mapped(std::uint32_t column) const {
        return map_ != nullptr && std::any_of(map_->columns.begin(), map_->columns.end(),
                                              [&](const auto& m) { return m.second == column; });
    }

    bool has_amounts(std::uint32_t column) const {
        constexpr std::uint32_t looked_at = 12;
        for (std::uint32_t r = block_.last + 1; r <= std::min(grid_.rows(), block_.last + looked_at); ++r)
            if (grid_.is_number(r, column) && !grid_.source().is_date(*grid_.cell(r, column))) return true;
        return false;
    }

    void consider(std::uint32_t c) {
        const column_reading& r = reading(c);
        if (r.kind == amount_kind::variance && r.field.empty() && !r.month && !r.percent && !r.in_month && !r.quarter &&
            r.unknown.empty())
            found_[r.to_date || (!r.year && follows_to_date(c)) ? "variance_to_date" : "variance_year"].push_back(c);
        if (!r.is_amount()) return;
        if (r.month_inside && !r.month) {
            if (has_amounts(c)) not_understood_.push_back(c);
        } else if (r.month && r.to_date) {
            if (r.kind) cumulative_[*r.kind].push_back(c);
        } else if (r.of_another_thing()) {
            others_.push_back(c);
        } else if (r.month) {
            found_[(r.kind ? std::string(name_of(*r.kind)) : "unnamed") + "_m" +
                   std::to_string(r.month->month.number())]
                .push_back(c);
        } else if (r.kind && r.to_date) {
            // What a block of forecasts has come to is what was delivered.
            found_[*r.kind == amount_kind::plan ? "plan_to_date" : "actual_to_date"].push_back(c);
        } else if (r.kind && r.unknown.empty()) {
            found_[std::string(name_of(*r.kind)) + "_year"].push_back(c);
        }
    }

    /// "Variance" alone is of the figures before it.
    bool follows_to_date(std::uint32_t c) const {
        while (--c > 0)
            if (reading(c).kind && reading(c).kind != amount_kind::variance) return reading(c).to_date;
        return false;
    }

    static bool is_month(const std::string& id) { return id.find("_m") != std::string::npos; }
    static std::string kind_of(const std::string& id) { return id.substr(0, id.find('_')); }

    /// The block that a mapping names is the only one of its kind, whatever its heading says.
    void keep_mapped_blocks() {
        if (map_ == nullptr) return;
        for (const auto& [kind, wanted] : map_->blocks) {
            const auto is_wanted = [&, words = text::folded(wanted)](std::uint32_t c) {
                return text::folded(reading(c).group) == words;
            };
            std::vector<std::uint32_t> months;
            for (std::uint32_t c = 1; c <= columns_.size(); ++c)
                if (reading(c).month && !reading(c).to_date && is_wanted(c)) months.push_back(c);
            if (months.empty()) {
                block_.findings.push_back({"mapping.no_block",
                                           severity::error,
                                           "the mapping says that the months under \"" + wanted + "\" are the " + kind +
                                               ", and no months stand under it",
                                           {grid_.at(block_.last, 1)},
                                           "give the heading above the months as it stands"});
                continue;
            }
            for (auto& [id, at] : found_)
                std::erase_if(at, [&, &id = id, &kind = kind](std::uint32_t c) {
                    return (is_month(id) && kind_of(id) == kind) || std::count(months.begin(), months.end(), c) != 0;
                });
            std::erase_if(others_, [&](std::uint32_t c) { return std::count(months.begin(), months.end(), c) != 0; });
            for (std::uint32_t c : months)
                found_[kind + "_m" + std::to_string(reading(c).month->month.number())].push_back(c);
        }
        std::erase_if(found_, [](const auto& f) { return f.second.empty(); });
    }

    /// The year that the sheet names above the table, where several are named in its headings; else the only one that
    /// has both a plan and something to hold against it.
    std::optional<int> the_year(const std::set<int>& named) const {
        for (std::uint32_t r = block_.first; r-- > 1;)
            for (const workbook::cell& c : grid_.source().row(r))
                if (c.kind == workbook::cell_kind::text)
                    if (const auto y = words::year_of(std::string(c.text)); y && named.count(y->start) != 0)
                        return y->start;
        if (const auto y = words::year_of(grid_.source().name()); y && named.count(y->start) != 0) return y->start;
        std::map<int, std::set<std::string>> kinds;
        for (const auto& [id, at] : found_)
            for (std::uint32_t c : at)
                if (is_month(id) && reading(c).financial_year)
                    kinds[*reading(c).financial_year].insert(kind_of(id) == "plan" ? "plan" : "actual");
        std::optional<int> only;
        for (const auto& [year, both] : kinds)
            if (both.size() == 2) {
                if (only) return std::nullopt;
                only = year;
            }
        return only;
    }

    void keep_one_year() {
        std::set<int> named;
        std::map<int, std::uint32_t> first;
        for (const auto& [id, at] : found_)
            for (std::uint32_t c : at)
                if (const auto& y = reading(c).financial_year) {
                    named.insert(*y);
                    first.emplace(*y, c);
                }
        if (named.empty()) return;
        const std::optional<int> year = named.size() == 1 ? std::optional(*named.begin()) : the_year(named);
        if (!year) {
            finding f{"tracker.two_years", severity::error,
                      "the months are of several years, " + to_string(financial_year{*named.begin()}) + " and " +
                          to_string(financial_year{*named.rbegin()}) + ", and nothing says which is meant"};
            for (const auto& [y, c] : first) f.at.push_back(grid_.at(block_.last, c));
            f.advice = "write the year above the table, such as \"CIP tracker " +
                       to_string(financial_year{*named.rbegin()}) + "\"";
            block_.findings.push_back(std::move(f));
            return;
        }
        block_.first_year = *year;
        for (auto& [id, at] : found_)
            std::erase_if(at, [&](std::uint32_t c) { return reading(c).financial_year.value_or(*year) != *year; });
        std::erase_if(found_, [](const auto& f) { return f.second.empty(); });
        for (const auto& [y, c] : first)
            if (y != *year)
                block_.findings.push_back({"tracker.other_year",
                                           severity::note,
                                           "the columns of " + to_string(financial_year{y}) +
                                               " were not read; the tracker is of " + to_string(financial_year{*year}),
                                           {grid_.at(block_.last, c)}});
    }

    void choose() {
        std::map<std::string, std::pair<std::uint32_t, std::uint32_t>> blocks; // by kind, the two that contend
        for (auto& [id, at] : found_) {
            if (map_ != nullptr && map_->columns.count(id) != 0) continue;
            if (at.size() > 1 && is_month(id)) {
                // Below a heading of its own that is not understood stands likely something else.
                const auto plain =
                    std::count_if(at.begin(), at.end(), [&](std::uint32_t c) { return reading(c).unknown.empty(); });
                if (plain == 1)
                    for (std::uint32_t c : std::exchange(at, {*std::find_if(at.begin(), at.end(), [&](std::uint32_t c) {
                                                             return reading(c).unknown.empty();
                                                         })}))
                        if (c != at.front()) others_.push_back(c);
            }
            if (at.size() > 1 && is_month(id) && kind_of(id) == "unnamed")
                unnamed_twice_ = std::pair(at[0], at[1]);
            else if (at.size() > 1 && is_month(id))
                blocks.emplace(kind_of(id), std::pair(at[0], at[1]));
            if (settle_single(id, at))
                block_.columns.push_back({id, at.front(), reading(at.front()).joined, reading(at.front()).unit});
        }
        for (const auto& [kind, pair] : blocks) say_two_blocks(kind, pair.first, pair.second);
        std::sort(others_.begin(), others_.end());
    }

    /// Among several figures of the year or to date the one that says so is meant. Where months tell, none is needed.
    bool settle_single(const std::string& id, std::vector<std::uint32_t>& at) {
        if (at.size() < 2 || is_month(id)) return true;
        const auto says_so = [&](std::uint32_t c) { return reading(c).year && !reading(c).to_date; };
        if (std::count_if(at.begin(), at.end(), says_so) == 1) {
            at = {*std::find_if(at.begin(), at.end(), says_so)};
            return true;
        }
        const bool by_month = found_.count(kind_of(id) + "_m1") != 0 || found_.count(kind_of(id) + "_m2") != 0;
        if (by_month || kind_of(id) == "variance") return false;
        finding f{"tracker.ambiguous_column",
                  severity::error,
                  "two columns may both be the " + id + ": \"" + reading(at[0]).joined + "\" and \"" +
                      reading(at[1]).joined + "\"",
                  {grid_.at(block_.last, at[0]), grid_.at(block_.last, at[1])}};
        f.advice =
            "say which in a mapping (--map): [tracker] columns = { " + id + " = \"" + column_letters(at[1]) + "\" }";
        block_.findings.push_back(std::move(f));
        return false;
    }

    void say_two_blocks(const std::string& kind, std::uint32_t first, std::uint32_t second) {
        const std::string &one = reading(first).group, &other = reading(second).group;
        finding f{"tracker.two_blocks",
                  severity::error,
                  "two blocks of months may both be the " + kind + ": \"" + one + "\" and \"" + other + "\"",
                  {grid_.at(block_.last, first), grid_.at(block_.last, second)}};
        f.advice = text::folded(one) == text::folded(other)
                       ? "give the blocks headings that differ, or say which columns are meant in a mapping (--map): "
                         "[tracker] columns = { " +
                             kind + "_m1 = \"" + column_letters(first) + "\", … }"
                       : "say which in a mapping (--map): [tracker] blocks = { " + kind + " = \"" + other + "\" }";
        block_.findings.push_back(std::move(f));
    }

    bool has(const char* kind, bool months) const {
        return std::any_of(block_.columns.begin(), block_.columns.end(),
                           [&](const tracker_column& c) { return kind_of(c.id) == kind && is_month(c.id) == months; });
    }

    /// "Month 3" beside "Year to date" and "Full year" is that month's own figures, not a phasing.
    void drop_months_of_one() {
        std::set<std::string> months;
        bool others = false;
        for (const tracker_column& c : block_.columns) {
            if (is_month(c.id)) months.insert(c.id.substr(c.id.find("_m")));
            others |= c.id == "plan_year" || c.id == "plan_to_date";
        }
        if (months.size() != 1 || !others) return;
        std::erase_if(block_.columns, [](const tracker_column& c) { return is_month(c.id); });
    }

    /// "Value £000" in a list of schemes without any other amount is what each is planned to save.
    void take_bare_amount() {
        const auto is_amount = [](const tracker_column& c) { return slot_of(c.id).what >= slot::full_year_effect; };
        const tracker_column* name = block_.column("name");
        const bool schemes = name != nullptr && tidied(name->heading).find("scheme") != std::string::npos;
        if (!schemes || !not_understood_.empty() || !others_.empty() ||
            std::any_of(block_.columns.begin(), block_.columns.end(), is_amount))
            return;
        std::optional<std::uint32_t> only;
        for (std::uint32_t c = 1; c <= columns_.size(); ++c) {
            if (is_mapped(c) || !reading(c).field.empty() || reading(c).percent || !has_amounts(c) ||
                !names_a_bare_amount(reading(c).joined))
                continue;
            if (only) return; // which of them is meant, nothing says
            only = c;
        }
        if (!only) return;
        block_.columns.push_back({"plan_year", *only, reading(*only).joined, reading(*only).unit});
        block_.findings.push_back(
            {"tracker.value_as_plan",
             severity::note,
             "\"" + reading(*only).joined +
                 "\" says neither plan nor actual, and was taken as the "
                 "plan of the year",
             {grid_.at(block_.last, *only)},
             "head it Plan, Actual or Forecast, or place it in a mapping (--map): [tracker] columns "
             "= { plan_year = \"" +
                 column_letters(*only) + "\" }"});
    }

    /// The quarter that a heading names: "Q2 plan", "Plan quarter 2". 0 where it names none, or a month as well.
    int quarter_of(std::uint32_t c) const {
        const column_reading& r = reading(c);
        if (!r.quarter || r.month || r.percent || r.to_date || !r.unknown.empty() || !r.kind ||
            *r.kind == amount_kind::variance)
            return 0;
        const std::string words = " " + tidied(r.joined) + " ";
        for (int q = 1; q <= 4; ++q)
            for (const char* named : {" q", " quarter ", " qtr "})
                if (words.find(named + std::to_string(q) + " ") != std::string::npos) return q;
        return 0;
    }

    /// Quarters are read where no months of their kind stand beside them. Each counts in its first month, so that sums
    /// are right at the ends of quarters.
    void take_quarters() {
        std::map<std::string, std::map<int, std::uint32_t>> quarters;
        std::set<std::string> twice;
        for (std::uint32_t c = 1; c <= columns_.size(); ++c) {
            const int q = is_mapped(c) ? 0 : quarter_of(c);
            if (q == 0 || !has_amounts(c)) continue;
            const std::string kind = name_of(*reading(c).kind);
            if (!quarters[kind].emplace(q, c).second) twice.insert(kind);
        }
        for (const auto& [kind, at] : quarters) {
            if (has(kind.c_str(), true)) continue;
            if (twice.count(kind) != 0) {
                block_.findings.push_back({"tracker.two_blocks",
                                           severity::error,
                                           "two columns may both be the " + kind + " of a quarter",
                                           {grid_.at(block_.last, at.begin()->second)},
                                           "give the columns headings that differ"});
                continue;
            }
            block_.by_quarter.insert(kind);
            for (const auto& [q, c] : at)
                block_.columns.push_back(
                    {kind + "_m" + std::to_string(3 * q - 2), c, reading(c).joined, reading(c).unit});
        }
    }

    /// Beside months that are headed plan and actual, those headed otherwise are something else. Where none is headed,
    /// the sheet or a title may say what they are.
    void drop_unnamed() {
        const bool plan = has("plan", true), actual = has("actual", true) || has("forecast", true);
        const bool said =
            std::any_of(others_.begin(), others_.end(), [&](std::uint32_t c) { return reading(c).kind.has_value(); });
        if (!plan && !actual && !said && (!has("unnamed", true) || others_.empty())) {
            for (std::uint32_t c : others_) {
                const std::string id = "unnamed_m" + std::to_string(reading(c).month->month.number());
                if (block_.column(id) == nullptr) block_.columns.push_back({id, c, reading(c).joined, reading(c).unit});
            }
            return;
        }
        if (plan && actual)
            for (const tracker_column& c : block_.columns)
                if (kind_of(c.id) == "unnamed") others_.push_back(c.column);
        if (plan && actual)
            std::erase_if(block_.columns, [](const tracker_column& c) { return kind_of(c.id) == "unnamed"; });
        std::map<std::string, std::vector<std::uint32_t>> groups;
        for (std::uint32_t c : others_) groups[reading(c).group].push_back(c);
        for (const auto& [group, at] : groups) say_other(group, at);
    }

    void say_other(const std::string& group, const std::vector<std::uint32_t>& at) {
        const std::optional<amount_kind> kind = reading(at.front()).kind;
        const bool lost = kind && *kind != amount_kind::variance; // a part of the plan or of the actuals
        block_.findings.push_back(
            {"tracker.other_months",
             lost ? severity::error : severity::warning,
             std::to_string(at.size()) + (at.size() == 1 ? " month" : " months") +
                 (group.empty() ? " without a heading were" : " under \"" + group + "\" were") + " not read",
             {grid_.at(block_.last, at.front())},
             "if they are plan, actual or forecast, say so in a mapping (--map): [tracker] blocks = { plan = \"" +
                 group + "\" }"});
    }

    void say_cumulative() {
        for (const auto& [kind, at] : cumulative_) {
            const std::string id = kind == amount_kind::plan ? "plan_to_date" : "actual_to_date";
            if (at.size() == 1 && block_.column(id) == nullptr) {
                block_.columns.push_back({id, at.front(), reading(at.front()).joined, reading(at.front()).unit});
            } else if (!has(name_of(kind), true)) {
                block_.findings.push_back({"tracker.cumulative_months",
                                           severity::warning,
                                           std::to_string(at.size()) + " columns such as \"" +
                                               reading(at.front()).joined +
                                               "\" run up over the months; they were not read",
                                           {grid_.at(block_.last, at.front())},
                                           "give each month's own figures"});
            }
        }
    }

    /// Under a heading of plan or actual, figures that are not read would be missed.
    void say_not_understood() {
        if (not_understood_.empty()) return;
        const std::uint32_t c = not_understood_.front();
        const bool missed = std::any_of(not_understood_.begin(), not_understood_.end(),
                                        [&](std::uint32_t other) { return reading(other).kind.has_value(); });
        block_.findings.push_back(
            {"tracker.column_not_read",
             missed ? severity::error : severity::warning,
             "\"" + reading(c).joined + "\" names a month and was not understood" +
                 (not_understood_.size() > 1 ? ", like " + std::to_string(not_understood_.size() - 1) + " more columns"
                                             : "") +
                 "; it was not read",
             {grid_.at(block_.last, c)},
             "if it is plan, actual or forecast, place it in a mapping: [tracker] columns = { plan_m1 = \"" +
                 column_letters(c) + "\" }"});
    }

    const grid& grid_;
    const std::vector<column_reading>& columns_;
    const table_mapping* map_;
    heading_block& block_;
    std::map<std::string, std::vector<std::uint32_t>> found_; ///< columns by the id that each may have
    std::vector<std::uint32_t> others_, not_understood_;
    std::optional<std::pair<std::uint32_t, std::uint32_t>> unnamed_twice_; ///< two blocks of months without a heading
    std::map<amount_kind, std::vector<std::uint32_t>> cumulative_;         ///< months to date
};

} // namespace

void settle_amounts(const grid& g, const std::vector<column_reading>& columns, const table_mapping* map,
                    heading_block& b) {
    amount_settler(g, columns, map, b).settle();
}

} // namespace riskshare::templates::detail
