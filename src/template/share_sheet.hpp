// What the readers of share workbooks have in common: a table of lines by organisation, whichever way it lies.
#ifndef RISKSHARE_SRC_TEMPLATE_SHARE_SHEET_HPP
#define RISKSHARE_SRC_TEMPLATE_SHARE_SHEET_HPP

#include <riskshare/share_inputs.hpp>
#include <riskshare/template/grid.hpp>
#include <riskshare/template/share_workbook.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

/// One organisation's column.
struct organisation_column {
    std::string code;
    std::uint32_t column = 0;
    bool is_total = false;
};

/// A heading line of organisations, and the column of the lines' labels.
struct organisation_heading {
    grid from;
    std::uint32_t row = 0, label_column = 1;
    std::vector<organisation_column> organisations;
};

inline bool has_text(const std::string& in, std::string_view what) { return in.find(what) != std::string::npos; }

/// A number, or a text that is one.
bool amount_stands(const grid&, std::uint32_t row, std::uint32_t column);
/// Whether one stands anywhere below a cell.
bool amounts_below(const grid&, std::uint32_t row, std::uint32_t column);

/// Collects findings while cells are read.
class share_reader {
public:
    share_reader(const workbook::book& book, const share_options& options, std::vector<finding>& findings)
        : book_(book), options_(options), findings_(findings) {}

    void error(std::string rule, std::string message, const provenance& at, std::string advice);
    void note(std::string rule, std::string message, const provenance& at);

    grid open(const std::string& sheet) const { return grid(book_.read(sheet), book_.source().name()); }
    /// The code of the organisation that a text names. One that only resembles a known name is a finding.
    std::string code_of(const std::string& text, const provenance& at);
    /// The code that a text names for sure; nothing when the directory does not know it.
    std::optional<std::string> known_code(const std::string& text) const;
    /// The organisations in a run of headings around `column`.
    organisation_heading heading(const grid&, std::uint32_t row, std::uint32_t column);
    /// The unit that the label, the sheet's texts above the heading, or the options name; a finding when none does.
    std::optional<unit> unit_of(const organisation_heading&, const std::string& label, const provenance& at);
    /// Whole pence, or nothing: blank, or a finding.
    std::optional<stated_money> amount(const grid&, std::uint32_t row, std::uint32_t column, unit);
    /// A month's number, or nothing and a finding.
    std::optional<month> month_in(const grid&, std::uint32_t row, std::uint32_t column);

private:
    const workbook::book& book_;
    const share_options& options_;
    std::vector<finding>& findings_;
};

/// The month that a text names somewhere: "Position M4", "Month 4 position, £000".
std::optional<month> month_named_in(const std::string& text);

} // namespace riskshare::templates

#endif
