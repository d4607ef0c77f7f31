// expect: (no match for .operator==|invalid operands to binary expression)
#include <riskshare/assurance.hpp>
#include <riskshare/savings.hpp>

// Both are shown red, amber and green; one grades assurance, the other how likely a saving is to be delivered.
bool same = riskshare::assurance_grade::low() == riskshare::rating::red;
