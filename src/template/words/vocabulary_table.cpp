// The phrases of each term. Punctuation divides words and is not written here: "r/nr" is "r nr".
#include "template/words/vocabulary_table.hpp"

namespace riskshare::templates::words {

const table_entry vocabulary_table[number_of_terms] = {
    {term::plan, "plan",
     "plan, plans, planned, budget, budgets, budgeted, target, targets, trajectory, trajectories, baseline, bud, bgt, "
     "pln, tgt",
     true},
    {term::plan_weakly, "plan if nothing else is said", "allocation, allocations, profile, profiled, envelope"},
    {term::actual, "actual",
     "actual, actuals, act, actual forecast, actuals forecast, actual outturn, delivered, achieved, achievement, "
     "realised, actual spend, incurred",
     true},
    {term::forecast, "forecast",
     "forecast, forecasts, forecasted, fcast, fcst, f cast, fot, outturn, out turn, projected, projection, "
     "projections, "
     "expected outturn, estimated outturn, year end position, forecast outturn, forecast out turn",
     true},
    {term::variance, "variance",
     "variance, variances, var, vari, variation, difference, diff, under over, over under, under over spend, "
     "over under spend, underspend overspend, overspend underspend, under spend over spend, over spend under spend, "
     "fav adv, adv fav, f a, a f, favourable adverse, adverse favourable, better worse, worse better, overspend, "
     "underspend, overspends, underspends, over spend, under spend, surplus deficit to plan, off plan",
     true},
    {term::prior_year, "prior year",
     "prior year, prior, previous year, previous, last year, last, py, ly, last month, previous month, prior month, "
     "comparative, same period last year"},
    {term::one_offs, "one offs", "non recurrent, nonrecurrent, non rec, nr, one off, one offs, non recurring"},
    {term::best_case, "best case", "best case, best"},
    {term::likely_case, "likely case", "likely case, most likely, likely, base case"},
    {term::worst_case, "worst case", "worst case, worst"},
    {term::next_year_effect, "next year effect",
     "full year effect, fye, next year effect, full year impact, annualised effect, annualised value"},
    {term::other_measure, "no amount",
     "%, percent, per cent, percentage, rag, movement, change, comment, comments, commentary, wte, headcount"},
    {term::to_date, "to date",
     "ytd, y t d, year to date, to date, cumulative, cum, cumm, yr to date, year to month, to month, to period"},
    {term::in_month, "in month",
     "in month, month, mth, in mth, mtd, current month, this month, monthly, in period, current period, this period"},
    {term::full_year, "full year",
     "full year, fy, annual, year end, for the year, year, annum, whole year, in year, yearly, year total"},
    {term::quarter, "quarter", "quarter, qtr, q1, q2, q3, q4, quarterly"},
    {term::total, "total", "total, totals, grand total, totl, toatl, tota"},
    {term::sub_total, "sub total", "sub total, subtotal, sub totals, subtotals, sub"},
    {term::of_which, "of which", "of which, including, memo, memorandum, includes, included above, o w"},
    {term::subtracted, "less", "less, deduct, minus"},
    {term::income, "income",
     "income, incomes, allocation, allocations, funding, revenue, resource limit, resource limits, receipts, turnover, "
     "grant, grants, envelope, funds received"},
    {term::spending, "spending",
     "expenditure, expenditures, expense, expenses, spend, spends, spending, spent, cost, costs, costing, pay, "
     "payroll, "
     "payments, non pay, nonpay, staff, staffing, drugs, depreciation, amortisation, pdc, interest payable, overhead, "
     "overheads, running costs, running cost, clinical supplies, premises, purchase, purchases"},
    {term::programme_area, "area of spending",
     "acute, acute services, community, mental health, continuing care, continuing healthcare, chc, primary care, "
     "prescribing, corporate, reserve, reserves, contingency, programme, programmes, ambulance, delegated, "
     "specialised commissioning, commissioning, placements, better care fund, bcf, social care, learning disability, "
     "learning disabilities, patient transport, agency, bank, medicines, estates, dental, pharmacy, ophthalmic, gp, "
     "admin, administration, independent sector, urgent care, end of life, children, maternity, cancer, "
     "personal health budgets, funded nursing care, fnc, direct commissioning, public health, other programme, "
     "urgent and emergency care, planned care, section 117, s117, hospices, non contract activity, interpreting"},
    {term::result, "result",
     "surplus, surpluses, deficit, deficits, net position, financial position, financial performance, bottom line, "
     "net result, surplus deficit, control total, break even, breakeven, retained position, i and e position"},
    {term::surplus_or_deficit, "surplus or deficit",
     "surplus, surpluses, deficit, deficits, surplus deficit, deficit surplus, net surplus, net deficit, bottom line, "
     "i and e, income and expenditure, soci, statement of comprehensive income"},
    {term::misalignment, "misalignment", "misalignment, misalignments, mismatch, mismatches, intra system mismatch"},
    {term::adjusted_performance, "adjusted financial performance",
     "adjusted financial performance, adjusted performance, adjusted financial position, reported performance, "
     "reported financial performance, adjusted surplus deficit, adjusted surplus, adjusted deficit, "
     "performance against control total, system performance"},
    {term::deficit_support, "deficit support funding",
     "deficit support funding, deficit support, dsf, non recurrent deficit support, deficit funding, support funding"},
    {term::excluding, "excluding",
     "excluding, excl, exc, ex, before, without, exclusive of, net of, underlying excluding, pre, less impact of"},
    {term::including, "including", "including, incl, inc, after, with, inclusive of, post"},
    {term::rating, "rating",
     "rag, rag rating, rating, delivery rag, delivery rating, risk rating, rag status, risk rag, current rag, "
     "financial rag, overall rag"},
    {term::delivery_risk, "delivery risk",
     "delivery risk, risk of delivery, risk to delivery, delivery risk rating, risk of non delivery, risk level, "
     "risk category"},
    {term::delivery_confidence, "delivery confidence",
     "delivery confidence, confidence, confidence of delivery, confidence in delivery, confidence level"},
    {term::status, "development status",
     "development status, status, stage, maturity, maturity stage, gateway, development stage, scheme status, "
     "delivery status, plan status, stage of development"},
    {term::recurrent, "recurrent", "recurrent, recurring, rec, r"},
    {term::non_recurrent, "non recurrent", "non recurrent, nonrecurrent, non rec, non recurring, nr, one off"},
    {term::unidentified, "unidentified",
     "unidentified, to be identified, not yet identified, tbi, unallocated, still to find, stretch unidentified"},
    {term::body, "organisation",
     "organisation, organisations, organization, organizations, org, trust, body, nhs body, provider, provider name, "
     "organisation name, system partner, partner, employer, commissioner, system, icb, icb name, system name, "
     "hospital, "
     "hospitals, foundation trust, nhs trust, trusts, ccg"},
    {term::scheme, "scheme", "scheme, schemes, scheme name, project, project name, initiative, scheme description"},
    {term::reference, "reference", "ref, reference, scheme ref, id, code, pid, urn"},
    {term::about_position, "about a position",
     "position, positions, i and e, i e, income and expenditure, soci, statement of comprehensive income, "
     "financial performance, programme spend, expenditure report, budget report"},
    {term::about_savings, "about savings",
     "savings, saving, cip, cips, qipp, efficiency, efficiencies, cost improvement, cost improvements, "
     "cost improvement programme, waste reduction, transformation savings"},
    {term::efficiency, "efficiency", "efficiency, efficiencies, efficient"},
    {term::about_dashboard, "about a dashboard", "dashboard, scorecard, dashboards, scorecards, score card"},
    {term::about_capital, "about capital",
     "capital, cdel, capex, capital programme, capital expenditure, capital plan, capital departmental expenditure "
     "limit"},
    {term::about_agency, "about agency", "agency, agency cap, agency spend, agency ceiling"},
    {term::about_balances, "about balances",
     "balances, agreement of balances, intra system, inter company, intercompany, inter trust, intersystem, "
     "counterparty, counterparties, trading partner, trading partners"},
    {term::about_trades, "about trades", "intra system, agreement of balances, intra system trades"},
    {term::about_plan_versions, "about plan versions", "plan version, plan versions, versions of the plan"},
    {term::about_run_rate, "about the run rate", "run rate, run rates"},
    {term::about_assurance, "about assurance", "assurance, highlight report"},
    {term::about_risk_scores, "about risk scores",
     "risk score, risk scores, corporate risk, corporate risks, 5 x 5, 5x5"},
    {term::about_control_totals, "about control totals", "control total, control totals, ct"},
    {term::about_cash, "about cash", "cash, cashflow, cash flow, cash position, liquidity"},
    {term::about_workforce, "about workforce",
     "workforce, wte, whole time equivalent, whole time equivalents, headcount"},
    {term::opening, "opening", "opening, brought forward, b f, bfwd, open"},
    {term::closing, "closing", "closing, carried forward, c f, cfwd, close"},
    {term::balance, "balance", "balance, balances"},
    {term::days, "days", "days"},
    {term::cash_support, "cash support",
     "support, borrowing, borrowings, distress, drawdown, draw down, cash support, revenue support, interim support"},
    {term::receipts, "receipts", "receipts, receipt, inflow, inflows"},
    {term::payments, "payments", "payments, payment, outflow, outflows"},
    {term::net_movement, "net movement", "movement, movements, net"},
    {term::substantive, "substantive", "substantive, substantives, permanent, contracted"},
    {term::bank_staff, "bank", "bank"},
    {term::agency_staff, "agency staff", "agency, locum, locums"},
    {term::whole_time, "whole-time equivalents",
     "wte, wtes, fte, ftes, whole time equivalent, whole time equivalents, full time equivalent, full time "
     "equivalents, headcount"},
    {term::pay, "pay", "pay, payroll, paybill, salaries, wages, cost, costs, spend"},
    {term::support_received, "support received", "received, paid, drawn"},
    {term::support_withheld, "support withheld", "withheld, held back, not paid, clawed back, recovered, deducted"},
    {term::support_earned_back, "support earned back", "earned back, reinstated, restored, released"},
    {term::debt, "debts", "debt, debts, debtor, debtors, receivables, aged"},
    {term::debt_not_due, "debts not due", "not due, not yet due, current"},
    {term::debt_to_30, "debts to 30 days", "0 30, 1 30, up to 30, under 30, less than 30"},
    {term::debt_to_60, "debts of 31 to 60 days", "30 60, 31 60"},
    {term::debt_to_90, "debts of 61 to 90 days", "60 90, 61 90"},
    {term::debt_over_90, "debts over 90 days", "over 90, more than 90, 90 days, 91 days, 90 plus, 91 plus, 90"},
};

} // namespace riskshare::templates::words
