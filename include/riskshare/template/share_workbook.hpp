// The workbook of a risk and gain share: its Agreement, its Position of a month, its Statement to be filled.
#ifndef RISKSHARE_TEMPLATE_SHARE_WORKBOOK_HPP
#define RISKSHARE_TEMPLATE_SHARE_WORKBOOK_HPP

#include <riskshare/cause_period.hpp>
#include <riskshare/finance_report.hpp>
#include <riskshare/organisation.hpp>
#include <riskshare/statement.hpp>
#include <riskshare/template/mapping.hpp>
#include <riskshare/workbook/patch.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

struct share_options {
    organisation_directory directory = {}; ///< whose names are known; a name that it does not know is its own code
    std::optional<unit> unit_if_none = {}; ///< of tables that name none
    std::optional<rounding> round_to_penny = {}; ///< otherwise a figure finer than a penny is refused
    std::vector<consent> scheme_consents = {};   ///< to the shares of their own that a sheet proposes for schemes
    mapping map = {};                            ///< its words and names
};

/// Whether the workbook has a sheet that states the terms of an agreement.
bool has_agreement(const workbook::book&);
/// The terms as the sheet states them. What it leaves open is read in the strictest way, and each such reading is a
/// note: consent of all parties, the declared deficit as the limit, a surplus held.
outcome<agreement_paper> read_agreement_sheet(const workbook::book&, const share_options&);

/// The months for which the workbook has positions, in order.
std::vector<month> position_months(const workbook::book&);
/// What the parties report for a month. Figures of the forecast use the shortfalls to date where no forecast of
/// delivery is given; that is a note.
outcome<share_inputs> read_positions(const workbook::book&, const agreement&, const period&, share_basis,
                                     const share_options&);

/// The month of the bodies that a finance report in the workbook tells, where no sheet is a position: the one that it
/// names, else the one that was asked for.
std::vector<month> months_of_bodies(const workbook::book&, const agreement&, const share_options&,
                                    std::optional<month> asked);
/// What a finance report says of its bodies, as positions to be shared. A body that is no party, another month or
/// another year, and a printed variance that contradicts plan and actual are findings.
outcome<share_inputs> positions_of_bodies(const finance_report&, const agreement&, const period&, share_basis,
                                          const share_options&);
/// The errors for which no table of bodies was read.
std::vector<finding> why_no_bodies(const workbook::book&, const agreement&, const share_options&);

/// What the gates of funds look at in a month, where no positions are to be shared: the sheet Gates, and the positions
/// at the ends of quarters where the workbook has them.
outcome<share_inputs> read_fund_inputs(const workbook::book&, const agreement&, const period&, const share_options&);
/// The cells of plan and actual added up again as they stand in the workbook, and compared with the total that the
/// sheet itself states. Nothing where the inputs have no cells in the workbook.
struct cells_added_again {
    std::size_t cells = 0;
    money plan = {}, actual = {};
    /// The sheet's own totals that are not the sum of the parties, beyond rounding.
    struct wrong_total {
        std::string line;
        exact stated, sum;
        provenance at;
    };
    std::vector<wrong_total> wrong_totals = {};
};
std::optional<cells_added_again> added_again(const workbook::book&, const share_inputs&, const share_options&);

/// Whether the workbook has a statement to be filled: a range named Statement_Variance.
bool has_statement(const workbook::book&);
/// The edits that put a statement into the ranges named Statement_Month, Statement_Variance, …_Retained, …_Shareable,
/// …_Share, …_Adjustment and …_After, each party under its own heading, in the unit that the sheet names. A statement
/// that is not applied is not filled in.
outcome<std::vector<workbook::edit>> statement_edits(const workbook::book&, const statement&, const share_options&);

/// Whether the workbook tells the hours lost by several systems.
bool has_handover_hours(const workbook::book&);
/// One period for each column of hours that has a deficit to share: the last column that adds up others, or the last.
/// With a month, the quarter that it lies in, or the month itself; a finding where the sheet has neither.
outcome<cause_period> read_handover_hours(const workbook::book&, const share_options&, std::optional<month> asked = {});
/// Whether a period named "Q1", "Quarter 1" or "Apr-22" holds a month. Nothing for another name.
std::optional<bool> period_holds(const std::string& name, month);

} // namespace riskshare::templates

#endif
