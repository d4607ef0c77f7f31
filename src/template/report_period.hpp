// The month and the year that a report's titles name.
#ifndef RISKSHARE_SRC_TEMPLATE_REPORT_PERIOD_HPP
#define RISKSHARE_SRC_TEMPLATE_REPORT_PERIOD_HPP

#include <riskshare/parse_period.hpp>
#include <riskshare/template/finance_report.hpp>
#include <riskshare/template/grid.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::templates::detail {

/// Read from the sheets' names and first lines, then from the columns of months, then from the file's name. Two that
/// differ are a finding. A date counts only where nothing gives a month's number: it may be that of a meeting.
class period_reader {
public:
    explicit period_reader(finance_report& r) : report_(r) {}

    void read(const grid&, const std::string& sheet_name);
    /// The month that titles number, where they agree.
    std::optional<riskshare::month> numbered() const;
    /// Gives the report what was read: the month that was said, where one was, before every title.
    void settle(const std::optional<riskshare::month>& said, const std::string& file);
    /// What to say of the titles; of nobody's concern where the workbook is no report.
    const std::vector<finding>& findings() const { return findings_; }

private:
    struct named {
        month_label label;
        provenance at;
    };
    struct year_named {
        financial_year year;
        provenance at;
    };

    void read_title(const std::string& title, const provenance& at, std::vector<named>& numbered);
    void read_year(const std::string& text, const provenance& at, bool heads_figures);
    void settle_year_of_headings();
    void read_columns_of_months(const grid&, std::uint32_t row);
    void settle_month(const std::vector<named>&);
    void settle_year(financial_year, const provenance&);
    template <class T>
    void two_periods(const T& known, const T& found, const provenance& known_at, const provenance& at);

    finance_report& report_;
    std::vector<finding> findings_;
    std::vector<named> numbered_, dated_, columns_;     ///< columns_: the last of a row of months from April on
    std::vector<year_named> years_, years_of_headings_; ///< of texts that head or label figures
    std::vector<std::pair<named, named>> disagreeing_;  ///< a title, and its sheet's name that is another month
    provenance month_at_, year_at_;
};

} // namespace riskshare::templates::detail

#endif
