// A program that uses the finance wing, and knows nothing of workbooks: the savings at risk that one organisation
// published.
#include <riskshare/calendar.hpp>
#include <riskshare/savings.hpp>

#include <iostream>

int main() {
    using namespace riskshare;
    savings_plan plan{"UHL"};
    plan.of(rating::red) = figure(decimal(4'744, 0), unit::thousands);
    plan.of(rating::amber) = figure(decimal(11'713, 0), unit::thousands);
    plan.of(rating::green) = figure(decimal(7'125, 0), unit::thousands);
    plan.of(rating::unidentified) = figure(decimal(3'062, 0), unit::thousands);

    const risk_weights weights{ratio(1, 2), ratio(1, 4), ratio(0), ratio(1)};
    const exact risk = at_risk(plan, weights);
    const int days = days_in({financial_year{2019}, month(11)}); // February of a leap year
    std::cout << "£" << to_string(risk) << " at risk; " << days << " days\n";
    return risk == exact(money::pounds(8'362'250)) && days == 29 ? 0 : 1;
}
