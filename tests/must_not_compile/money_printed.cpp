// expect: (use of deleted function .*operator<<|call to deleted .*operator<<|overload resolution selected deleted operator)
#include <riskshare/money.hpp>

#include <iostream>

// In pounds, in pence, with brackets? to_string and accounting say which.
int main() { std::cout << riskshare::money::pounds(10); }
