// What one text of a sheet speaks of, found once: words of the trade, month, quarter, units, a body.
#ifndef RISKSHARE_SRC_TEMPLATE_SOLVE_MEANING_HPP
#define RISKSHARE_SRC_TEMPLATE_SOLVE_MEANING_HPP

#include "template/words/vocabulary.hpp"

#include <riskshare/organisation.hpp>
#include <riskshare/parse_period.hpp>
#include <riskshare/template/grid.hpp>
#include <riskshare/unit.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::solve {

struct meaning {
    std::string text;
    words::term_set terms = {};
    std::optional<riskshare::month> month = {}; ///< of a text, or a date, that is one month and nothing else
    int quarter = 0;                            ///< 1 to 4: "Q3", "Quarter 3 received"
    std::vector<unit> units = {};
    std::string body = {}; ///< the text that names it, without "total"
    bool total = false;
    bool empty() const { return text.empty(); }
    /// A column of per cents, marks or remarks.
    bool no_amount() const;
    /// "plan", "actual", "forecast", "variance", "prior"; "?" where it says two; empty where it says none.
    std::string kind() const;
    /// The same of a title, which says "plan" where it compares with one: "Staff against plan" is of none.
    std::string kind_of_title() const;
    /// "in month", "to date", "full year"; empty where it says none or two.
    std::string basis() const;
};

class meanings {
public:
    meanings(const words::vocabulary& v, const organisation_directory& d, bool dates_from_1904)
        : vocabulary_(v), directory_(d), from_1904_(dates_from_1904) {}
    const meaning& of(const std::string& text);
    /// Of a cell of headings: a date is the month that it lies in.
    const meaning& of(const grid&, std::uint32_t row, std::uint32_t column);

private:
    meaning found(const std::string& text) const;
    const words::vocabulary& vocabulary_;
    const organisation_directory& directory_;
    bool from_1904_;
    std::map<std::string, meaning> known_;
};

/// "Q1", "Quarter 1", "Qtr 1" among the words of a text; 0 where there is none, or two.
int quarter_in(const std::vector<std::string>& words);

} // namespace riskshare::templates::solve

#endif
