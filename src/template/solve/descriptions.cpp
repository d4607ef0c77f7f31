// The kinds of tables that the solver reads. A new kind is one description here and one `from(cube)`.
#include "template/solve/description.hpp"

#include <riskshare/aged_debt.hpp>

namespace riskshare::templates::solve {

namespace {

using words::term;

description cash() {
    description d;
    d.name = "cash";
    d.subject = {term::about_cash};
    d.items = {{"opening", {term::opening}},
               {"closing", {term::closing}},
               {"closing", {term::balance}, 1},
               {"closing", {term::about_cash}, 0},
               {"receipts", {term::receipts}},
               {"payments", {term::payments}},
               {"movement", {term::net_movement}, 3},
               {"support", {term::cash_support}, 3},
               {"days", {term::days}, 4, measure::count}};
    d.also = {dimension::month, dimension::name};
    d.other_lines = true;
    return d;
}

/// Whole-time equivalents and pay are the same groups of staff: what stands nearest to the amount says which it is.
description staff(const char* name, measure in) {
    description d;
    d.name = name;
    d.items = {{"substantive", {term::substantive}}, {"bank", {term::bank_staff}}, {"agency", {term::agency_staff}}};
    d.total_item = "all";
    d.in = in;
    d.counted_by = {term::whole_time};
    d.paid_by = {term::pay};
    d.also = {dimension::month, dimension::name};
    return d;
}

description workforce() {
    description d = staff("workforce", measure::count);
    d.subject = {term::whole_time};
    d.total_alone = true;
    return d;
}

description pay() {
    description d = staff("pay", measure::money);
    d.subject = {term::pay};
    d.also.push_back(dimension::basis);
    d.basis_needed = true;
    d.whole = true;
    d.least_items = 2;
    return d;
}

description deficit_support() {
    description d;
    d.name = "deficit support";
    d.subject = {term::deficit_support};
    d.items = {{"planned", {term::plan}, 0},
               {"planned", {term::plan_weakly}, 0},
               {"received", {term::support_received}},
               {"withheld", {term::support_withheld}},
               {"earned back", {term::support_earned_back}, 3}};
    d.also = {dimension::quarter};
    d.whole = true;
    d.kinds = false;
    return d;
}

description debts() {
    description d;
    d.name = "debts by age";
    d.subject = {term::debt};
    d.items = {{to_string(debt_age::not_due), {term::debt_not_due}},
               {to_string(debt_age::to_30), {term::debt_to_30}},
               {to_string(debt_age::to_60), {term::debt_to_60}},
               {to_string(debt_age::to_90), {term::debt_to_90}},
               {to_string(debt_age::over_90), {term::debt_over_90}}};
    d.total_item = "total";
    d.also = {dimension::name};
    d.kinds = false;
    d.least_items = 3;
    d.whole = true;
    return d;
}

} // namespace

const std::vector<description>& descriptions() {
    static const std::vector<description> all{cash(), workforce(), pay(), deficit_support(), debts()};
    return all;
}

} // namespace riskshare::templates::solve
