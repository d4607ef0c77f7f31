// From workbooks and an agreement to a statement, for every command that needs one.
#ifndef RISKSHARE_ANSWERS_SHARE_INPUT_HPP
#define RISKSHARE_ANSWERS_SHARE_INPUT_HPP

#include "commands.hpp"

#include <riskshare/model.hpp>
#include <riskshare/statement.hpp>
#include <riskshare/template/share_workbook.hpp>

#include <optional>
#include <vector>

namespace riskshare::answers {

/// The names, unit and consents that the options give. Throws `input_refused` for a mapping or a unit that cannot be
/// read.
templates::share_options share_reading(const share_command_options&, const console&);

/// A file with what is to be shared: a workbook, or a model that was imported from one.
struct share_source {
    std::optional<workbook::book> book = {};
    model read = {};                              ///< where there is no workbook
    std::optional<workbook::book> as_stored = {}; ///< the workbook's own bytes, to be filled
    std::vector<month> of_bodies = {};            ///< months of a report's bodies, where it has no positions

    /// The months of which it has positions, in order.
    std::vector<month> months() const;
};
/// Throws `input_refused` for a file that is neither.
share_source open_source(const std::string& file, const console&);

/// Reads, computes, and keeps every finding on the way.
class share_input {
public:
    /// Where no file has a position, the bodies of a finance report are looked for; why none was read is a finding.
    share_input(const share_command_options&, const console&, std::vector<share_source>);
    void find_bodies(share_source&, const agreement&) const;

    const std::vector<share_source>& sources() const { return sources_; }
    const templates::share_options& reading() const { return reading_; }
    /// The first file with a position of a month; nullptr when there is none.
    const share_source* positions() const;
    /// The agreement given, else that of a workbook's sheet; nothing and a finding when there is none.
    std::optional<agreement> agreed();
    /// One of the agreements given.
    std::optional<agreement> agreed_in(const std::string& file);
    /// The month asked for, else the only one there is; nothing and a finding otherwise.
    std::optional<month> month_asked();
    /// What the parties report for a month. `quietly` keeps no findings: for a figure that is only shown beside
    /// another.
    std::optional<share_inputs> reported(const share_source&, const agreement&, month, share_basis);
    /// Whether any party gives a forecast for the year.
    bool reports_forecast(const agreement&, month);
    std::optional<statement> shared(const agreement&, const share_inputs&);
    /// Both in one.
    std::optional<statement> computed(const share_source&, const agreement&, month, share_basis);
    share_basis basis() const {
        return options_.basis == "forecast" ? share_basis::forecast : share_basis::year_to_date;
    }

    /// The agreement of a workbook's sheet, and the positions read: what the account is made from.
    const model& read() const { return read_; }

    std::vector<finding> findings;

private:
    void take(const std::vector<finding>& more) { findings.insert(findings.end(), more.begin(), more.end()); }

    const share_command_options& options_;
    const console& from_;
    templates::share_options reading_;
    std::vector<share_source> sources_;
    model read_;
};

} // namespace riskshare::answers

#endif
