// The month and the year that a report's titles name.
#ifndef RISKSHARE_SRC_TEMPLATE_REPORT_PERIOD_HPP
#define RISKSHARE_SRC_TEMPLATE_REPORT_PERIOD_HPP

#include <riskshare/template/finance_report.hpp>
#include <riskshare/template/grid.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// "month 3, 2022/23", "M3 System Position", "to 30 June 2022". Two that differ are a finding. A date without a month's
/// number counts only where nothing names one: it may be that of a meeting.
class period_reader {
public:
    period_reader(finance_report& r, std::vector<finding>& f) : report_(r), findings_(f) {}

    void read(const grid&, const std::string& sheet_name);
    /// Gives the report what was read.
    void settle();

private:
    struct named {
        riskshare::month month;
        provenance at;
    };
    struct year_named {
        financial_year year;
        provenance at;
    };
    struct period_named {
        period when;
        provenance at;
    };

    void read_title(const std::string& title, const provenance& at, std::vector<named>& months);
    template <class T>
    void settle(std::optional<T>& known, const T& found, const provenance& at, provenance& known_at);

    finance_report& report_;
    std::vector<finding>& findings_;
    std::vector<named> numbered_;
    std::vector<year_named> years_;
    std::vector<period_named> ends_;
    provenance month_at_, year_at_;
};

} // namespace riskshare::templates::detail

#endif
